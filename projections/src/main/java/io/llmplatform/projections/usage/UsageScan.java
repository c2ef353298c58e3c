package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/**
 * Reads a usage record as the gateway writes it, token by token. Whatever is not quite like that is left to the general
 * reader, so nothing is decided here about what is wrong with it.
 */
final class UsageScan {
    private static final ObjectReader TRAIL = within(UsageRecord.Attempt[].class);
    private static final ObjectReader TAGS = within(new TypeReference<Map<String, String>>() {}.getType());
    /** A bit for each field that cannot be left out. */
    private static final int ALL_NUMBERS = (1 << 10) - 1;

    private @Nullable String requestId;
    private @Nullable Instant at;
    private @Nullable String userId;
    private @Nullable String teamId;
    private @Nullable String apiKeyId;
    private @Nullable String endpoint;
    private @Nullable String model;
    private @Nullable String servedModel;
    private @Nullable String deployment;
    private @Nullable String providerId;
    private @Nullable String upstreamModel;
    private boolean stream;
    private @Nullable Outcome outcome;
    private int status;
    private @Nullable String errorCode;
    private long promptTokens;
    private long completionTokens;
    private long cachedTokens;
    private long reasoningTokens;
    private boolean tokensEstimated;
    private @Nullable BigDecimal cost;
    private @Nullable String currency;
    private long latencyMs;
    private @Nullable Long ttftMs;
    private int attempts;
    private @Nullable List<UsageRecord.Attempt> trail;
    private @Nullable Boolean cacheHit;
    private @Nullable Map<String, String> metadata;
    private @Nullable String ip;
    private @Nullable String userAgent;
    private @Nullable String gateway;
    private int seen;

    private UsageScan() {}

    /** A reader of a value in the middle of others. */
    private static ObjectReader within(Type type) {
        var mapper = ContractJson.mapper();
        return mapper.readerFor(mapper.constructType(type)).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** @return null when the general reader shall have a look */
    static @Nullable UsageRecord read(byte[] json) {
        try (var parser = ContractJson.mapper().createParser(json)) {
            var scan = new UsageScan();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                scan.field(name, parser);
            }
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? scan.record() : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    private void field(String name, JsonParser parser) {
        switch (name) {
            case "request_id" -> requestId = text(parser);
            case "at" -> at = InstantText.parse(text(parser));
            case "user_id" -> userId = text(parser);
            case "team_id" -> teamId = text(parser);
            case "api_key_id" -> apiKeyId = text(parser);
            case "endpoint" -> endpoint = text(parser);
            case "model" -> model = text(parser);
            case "served_model" -> servedModel = text(parser);
            case "deployment" -> deployment = text(parser);
            case "provider_id" -> providerId = text(parser);
            case "upstream_model" -> upstreamModel = text(parser);
            case "stream" -> stream = flag(0, parser);
            case "outcome" -> outcome = outcome(text(parser));
            case "status" -> status = Math.toIntExact(number(1, parser));
            case "error_code" -> errorCode = text(parser);
            case "prompt_tokens" -> promptTokens = number(2, parser);
            case "completion_tokens" -> completionTokens = number(3, parser);
            case "cached_tokens" -> cachedTokens = number(4, parser);
            case "reasoning_tokens" -> reasoningTokens = number(5, parser);
            case "tokens_estimated" -> tokensEstimated = flag(6, parser);
            case "cost" -> cost = decimal(parser);
            case "currency" -> currency = text(parser);
            case "latency_ms" -> latencyMs = number(7, parser);
            case "ttft_ms" -> ttftMs = number(8, parser);
            case "attempts" -> attempts = Math.toIntExact(number(9, parser));
            case "trail" -> trail = List.of(TRAIL.<UsageRecord.Attempt[]>readValue(parser));
            case "cache_hit" -> cacheHit = flag(8, parser);
            case "metadata" -> metadata = TAGS.readValue(parser);
            case "ip" -> ip = text(parser);
            case "user_agent" -> userAgent = text(parser);
            case "gateway" -> gateway = text(parser);
            default -> throw new Unusual();
        }
    }

    private static String text(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw new Unusual();
        }
        return parser.getString();
    }

    private static Outcome outcome(String wire) {
        var outcome = Outcome.of(wire);
        if (!outcome.wire().equals(wire)) {
            throw new Unusual();
        }
        return outcome;
    }

    private long number(int bit, JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw new Unusual();
        }
        seen |= 1 << bit;
        return parser.getLongValue();
    }

    private boolean flag(int bit, JsonParser parser) {
        if (!parser.currentToken().isBoolean()) {
            throw new Unusual();
        }
        seen |= 1 << bit;
        return parser.getBooleanValue();
    }

    private static BigDecimal decimal(JsonParser parser) {
        if (!parser.currentToken().isNumeric()) {
            throw new Unusual();
        }
        return parser.getDecimalValue();
    }

    private @Nullable UsageRecord record() {
        // Bit 8 is of fields that may be left out.
        if ((seen | 1 << 8) != ALL_NUMBERS
                || requestId == null
                || at == null
                || endpoint == null
                || outcome == null
                || cost == null
                || currency == null
                || gateway == null) {
            return null;
        }
        return new UsageRecord(
                requestId,
                at,
                userId,
                teamId,
                apiKeyId,
                endpoint,
                model,
                servedModel,
                deployment,
                providerId,
                upstreamModel,
                stream,
                outcome,
                status,
                errorCode,
                promptTokens,
                completionTokens,
                cachedTokens,
                reasoningTokens,
                tokensEstimated,
                cost,
                currency,
                latencyMs,
                ttftMs,
                attempts,
                trail,
                cacheHit,
                metadata,
                ip,
                userAgent,
                gateway);
    }

    /** Sends the record to the general reader. */
    static final class Unusual extends RuntimeException {
        Unusual() {
            super("not as the gateway writes it", null, false, false);
        }
    }
}
