package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads usage records. What callers wrote themselves (the model's name) may hold what no store takes. */
final class UsageRecords {
    /** About as many as come in a tenth of a second when a thousand requests do in one. */
    static final int FETCH_BYTES = 1 << 16;

    /** Beyond these a clock is wrong, and a partition would be made for every month that it invents. */
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** Above all that the gateway writes, below what an index entry or a document id may have (in bytes, too). */
    private static final int LONGEST_ID = 64;

    private static final int LONGEST_TEXT = 512;

    /** 2048 before it is sealed. */
    private static final int LONGEST_USER_AGENT = 9 * 1024;

    private static final int LONGEST_COST = 100;

    private UsageRecords() {}

    /** @param asWritten whether its JSON is wholly as our gateway writes it, so that everybody reads the same in it */
    record Read(UsageRecord record, boolean asWritten) {}

    /** @throws IllegalArgumentException when the record can never be stored */
    static UsageRecord decode(byte[] value) {
        return read(value).record();
    }

    /** @throws IllegalArgumentException as {@link #decode} */
    static Read read(byte[] value) {
        boolean plain = plain(value);
        var scanned = plain ? UsageScan.read(value) : null;
        if (scanned != null) {
            return new Read(checked(scanned), true);
        }
        return new Read(
                checked(plain ? ContractJson.mapper().readValue(value, UsageRecord.class) : storable(value)), false);
    }

    private static UsageRecord checked(@Nullable UsageRecord record) {
        if (record == null) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        if (record.requestId() == null || record.requestId().isBlank()) {
            throw new IllegalArgumentException("request_id: missing");
        }
        if (record.at() == null
                || record.at().isBefore(EARLIEST)
                || !record.at().isBefore(LATEST)) {
            throw new IllegalArgumentException(
                    "at: " + record.at() + " (expected an instant from " + EARLIEST + " to " + LATEST + ")");
        }
        bound("request_id", record.requestId(), LONGEST_ID);
        bound("user_id", record.userId(), LONGEST_ID);
        bound("team_id", record.teamId(), LONGEST_ID);
        bound("api_key_id", record.apiKeyId(), LONGEST_ID);
        bound("deployment", record.deployment(), LONGEST_ID);
        bound("provider_id", record.providerId(), LONGEST_ID);
        bound("endpoint", record.endpoint(), LONGEST_TEXT);
        bound("model", record.model(), LONGEST_TEXT);
        bound("served_model", record.servedModel(), LONGEST_TEXT);
        bound("upstream_model", record.upstreamModel(), LONGEST_TEXT);
        bound("ip", record.ip(), LONGEST_TEXT);
        bound("user_agent", record.userAgent(), LONGEST_USER_AGENT);
        bound(record.cost());
        return record;
    }

    /**
     * Whether the JSON can hold nothing that no store takes: a NUL has to be written as an escape, a lone surrogate too or
     * by a byte sequence that begins like those of some Korean letters. Zero bytes are those of another encoding.
     */
    private static boolean plain(byte[] json) {
        for (int i = 1; i < json.length; i++) {
            if (json[i] == 0 || json[i - 1] == 0) {
                return false;
            }
            if ((json[i] == 'u' && json[i - 1] == '\\') || (json[i - 1] == (byte) 0xED && (json[i] & 0xFF) >= 0xA0)) {
                return false;
            }
        }
        return true;
    }

    private static UsageRecord storable(byte[] json) {
        var mapper = ContractJson.mapper();
        if (!(mapper.readTree(json) instanceof ObjectNode object)) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        return mapper.treeToValue(storable(object), UsageRecord.class);
    }

    /** A number that takes megabytes to write out in full must not reach a sum. */
    private static void bound(@Nullable BigDecimal cost) {
        if (cost != null && (cost.precision() - (long) cost.scale() > LONGEST_COST || cost.scale() > LONGEST_COST)) {
            throw new IllegalArgumentException(
                    "cost: expected at most " + LONGEST_COST + " digits before and after the point");
        }
    }

    private static void bound(String field, @Nullable String value, int longest) {
        if (value != null && value.length() > longest) {
            throw new IllegalArgumentException(
                    field + ": " + value.length() + " characters (expected at most " + longest + ")");
        }
    }

    /** PostgreSQL stores no NUL; a lone surrogate has no UTF-8 form. Both become the replacement character. */
    private static JsonNode storable(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> {
                var copy = object.objectNode();
                object.forEachEntry((name, each) -> copy.set(storable(name), storable(each)));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = array.arrayNode();
                array.forEach(each -> copy.add(storable(each)));
                yield copy;
            }
            case StringNode text -> StringNode.valueOf(storable(text.stringValue()));
            default -> value;
        };
    }

    private static String storable(String text) {
        return text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
