package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.llmplatform.query.page.Cursor;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code UsageRequest} of the management API. */
record UsageRequest(
        String requestId,
        Instant at,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String apiKeyId,
        @Nullable String apiKeyName,
        String endpoint,
        @Nullable String model,
        @Nullable String deployment,
        @Nullable String providerId,
        @Nullable String upstreamModel,
        boolean stream,
        String outcome,
        int status,
        @Nullable String errorCode,
        long promptTokens,
        long completionTokens,
        long cachedTokens,
        long reasoningTokens,
        boolean tokensEstimated,
        BigDecimal cost,
        String currency,
        long latencyMs,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long ttftMs,
        int attempts) {

    static UsageRequest read(ResultSet row) throws SQLException {
        long ttft = row.getLong("ttft_ms");
        var ttftMs = row.wasNull() ? null : Long.valueOf(ttft);
        return new UsageRequest(
                row.getString("request_id"),
                row.getTimestamp("at").toInstant(),
                row.getString("user_id"),
                row.getString("username"),
                row.getString("api_key_id"),
                row.getString("api_key_name"),
                row.getString("endpoint"),
                row.getString("model"),
                row.getString("deployment"),
                row.getString("provider_id"),
                row.getString("upstream_model"),
                row.getBoolean("stream"),
                row.getString("outcome"),
                row.getInt("status"),
                row.getString("error_code"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"),
                row.getLong("cached_tokens"),
                row.getLong("reasoning_tokens"),
                row.getBoolean("tokens_estimated"),
                row.getBigDecimal("cost"),
                row.getString("currency"),
                row.getLong("latency_ms"),
                ttftMs,
                row.getInt("attempts"));
    }

    Cursor cursor() {
        return new Cursor(at, requestId);
    }

    /** Where to run a model is not a member's concern. */
    UsageRequest withoutUpstream() {
        return new UsageRequest(
                requestId,
                at,
                userId,
                username,
                apiKeyId,
                apiKeyName,
                endpoint,
                model,
                deployment,
                null,
                null,
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
                attempts);
    }
}
