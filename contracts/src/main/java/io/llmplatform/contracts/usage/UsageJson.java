package io.llmplatform.contracts.usage;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes usage records as {@link io.llmplatform.contracts.json.ContractJson} does, in another order and a fifth of the
 * time: a gateway writes two for each request.
 */
public final class UsageJson {
    private static final JsonFactory JSON = new JsonFactory();

    private static final SerializableString REQUEST_ID = name("request_id");
    private static final SerializableString AT = name("at");
    private static final SerializableString USER_ID = name("user_id");
    private static final SerializableString TEAM_ID = name("team_id");
    private static final SerializableString API_KEY_ID = name("api_key_id");
    private static final SerializableString ENDPOINT = name("endpoint");
    private static final SerializableString MODEL = name("model");
    private static final SerializableString SERVED_MODEL = name("served_model");
    private static final SerializableString DEPLOYMENT = name("deployment");
    private static final SerializableString PROVIDER_ID = name("provider_id");
    private static final SerializableString UPSTREAM_MODEL = name("upstream_model");
    private static final SerializableString STREAM = name("stream");
    private static final SerializableString OUTCOME = name("outcome");
    private static final SerializableString STATUS = name("status");
    private static final SerializableString ERROR_CODE = name("error_code");
    private static final SerializableString PROMPT_TOKENS = name("prompt_tokens");
    private static final SerializableString COMPLETION_TOKENS = name("completion_tokens");
    private static final SerializableString CACHED_TOKENS = name("cached_tokens");
    private static final SerializableString REASONING_TOKENS = name("reasoning_tokens");
    private static final SerializableString TOKENS_ESTIMATED = name("tokens_estimated");
    private static final SerializableString COST = name("cost");
    private static final SerializableString CURRENCY = name("currency");
    private static final SerializableString LATENCY_MS = name("latency_ms");
    private static final SerializableString TTFT_MS = name("ttft_ms");
    private static final SerializableString ATTEMPTS = name("attempts");
    private static final SerializableString TRAIL = name("trail");
    private static final SerializableString RESULT = name("result");
    private static final SerializableString MS = name("ms");
    private static final SerializableString CACHE_HIT = name("cache_hit");
    private static final SerializableString METADATA = name("metadata");
    private static final SerializableString IP = name("ip");
    private static final SerializableString USER_AGENT = name("user_agent");
    private static final SerializableString GATEWAY = name("gateway");

    private UsageJson() {}

    /** UTF-8. */
    public static byte[] of(UsageRecord record) {
        var out = new ByteArrayOutputStream(1024);
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            who(json, record);
            what(json, record);
            became(json, record);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void who(JsonGenerator json, UsageRecord record) {
        text(json, REQUEST_ID, record.requestId());
        text(json, AT, record.at().toString());
        text(json, USER_ID, record.userId());
        text(json, TEAM_ID, record.teamId());
        text(json, API_KEY_ID, record.apiKeyId());
        var metadata = record.metadata();
        if (metadata != null) {
            json.writeName(METADATA).writeStartObject();
            metadata.forEach(json::writeStringProperty);
            json.writeEndObject();
        }
        text(json, IP, record.ip());
        text(json, USER_AGENT, record.userAgent());
        text(json, GATEWAY, record.gateway());
    }

    private static void what(JsonGenerator json, UsageRecord record) {
        text(json, ENDPOINT, record.endpoint());
        text(json, MODEL, record.model());
        text(json, SERVED_MODEL, record.servedModel());
        text(json, DEPLOYMENT, record.deployment());
        text(json, PROVIDER_ID, record.providerId());
        text(json, UPSTREAM_MODEL, record.upstreamModel());
        json.writeName(STREAM).writeBoolean(record.stream());
    }

    private static void became(JsonGenerator json, UsageRecord record) {
        text(json, OUTCOME, record.outcome().wire());
        number(json, STATUS, record.status());
        text(json, ERROR_CODE, record.errorCode());
        number(json, PROMPT_TOKENS, record.promptTokens());
        number(json, COMPLETION_TOKENS, record.completionTokens());
        number(json, CACHED_TOKENS, record.cachedTokens());
        number(json, REASONING_TOKENS, record.reasoningTokens());
        json.writeName(TOKENS_ESTIMATED).writeBoolean(record.tokensEstimated());
        json.writeName(COST).writeNumber(record.cost());
        text(json, CURRENCY, record.currency());
        number(json, LATENCY_MS, record.latencyMs());
        var ttft = record.ttftMs();
        if (ttft != null) {
            number(json, TTFT_MS, ttft);
        }
        number(json, ATTEMPTS, record.attempts());
        trail(json, record);
        var cacheHit = record.cacheHit();
        if (cacheHit != null) {
            json.writeName(CACHE_HIT).writeBoolean(cacheHit);
        }
    }

    private static void trail(JsonGenerator json, UsageRecord record) {
        var trail = record.trail();
        if (trail == null) {
            return;
        }
        json.writeName(TRAIL).writeStartArray();
        for (var attempt : trail) {
            json.writeStartObject();
            text(json, DEPLOYMENT, attempt.deployment());
            text(json, RESULT, attempt.result());
            number(json, MS, attempt.ms());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void number(JsonGenerator json, SerializableString name, long value) {
        json.writeName(name).writeNumber(value);
    }

    private static void text(JsonGenerator json, SerializableString name, @Nullable String value) {
        if (value != null) {
            json.writeName(name).writeString(value);
        }
    }

    private static SerializableString name(String name) {
        return new SerializedString(name);
    }
}
