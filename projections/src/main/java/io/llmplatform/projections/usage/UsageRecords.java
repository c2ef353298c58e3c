package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads usage records. What callers wrote themselves (the model's name) may hold what no store takes. */
final class UsageRecords {
    /** Beyond these a clock is wrong, and a partition would be made for every month that it invents. */
    private static final Instant EARLIEST = Instant.parse("2020-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private UsageRecords() {}

    /** @throws IllegalArgumentException when the record can never be stored */
    static UsageRecord decode(byte[] value) {
        var mapper = ContractJson.mapper();
        var tree = mapper.readTree(value);
        if (!(tree instanceof ObjectNode object)) {
            throw new IllegalArgumentException("expected a JSON object");
        }
        object.properties().forEach(field -> field.setValue(storable(field.getValue())));
        var record = mapper.treeToValue(object, UsageRecord.class);
        if (record.requestId() == null || record.requestId().isBlank()) {
            throw new IllegalArgumentException("request_id: missing");
        }
        if (record.at() == null
                || record.at().isBefore(EARLIEST)
                || !record.at().isBefore(LATEST)) {
            throw new IllegalArgumentException(
                    "at: " + record.at() + " (expected an instant from " + EARLIEST + " to " + LATEST + ")");
        }
        return record;
    }

    /** PostgreSQL stores no NUL; a lone surrogate has no UTF-8 form. Both become the replacement character. */
    private static JsonNode storable(JsonNode value) {
        if (!value.isString()) {
            return value;
        }
        var text = value.stringValue();
        var clean = text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return clean.equals(text) ? value : StringNode.valueOf(clean);
    }
}
