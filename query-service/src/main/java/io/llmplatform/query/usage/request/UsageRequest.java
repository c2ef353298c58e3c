package io.llmplatform.query.usage.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.llmplatform.query.column.JsonColumn;
import io.llmplatform.query.page.Cursor;
import io.llmplatform.query.usage.StoredRequest;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code UsageRequest} of the management API. */
record UsageRequest(
        String requestId,
        Instant at,
        @Nullable String userId,
        @Nullable String username,
        @Nullable String teamId,
        @Nullable String apiKeyId,
        @Nullable String apiKeyName,
        String endpoint,
        @Nullable String model,
        @Nullable String servedModel,
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
        int attempts,
        @Nullable JsonNode trail,
        @Nullable Boolean cacheHit,
        @Nullable JsonNode metadata) {

    /** @param upstream whether to tell where it ran, which is not a member's concern */
    static UsageRequest read(ResultSet row, boolean upstream) throws SQLException {
        long ttft = row.getLong("ttft_ms");
        var ttftMs = row.wasNull() ? null : Long.valueOf(ttft);
        return new UsageRequest(
                StoredRequest.id(row),
                row.getTimestamp("at").toInstant(),
                row.getString("user_id"),
                row.getString("username"),
                row.getString("team_id"),
                row.getString("api_key_id"),
                row.getString("api_key_name"),
                row.getString("endpoint"),
                row.getString("model"),
                row.getString("served_model"),
                row.getString("deployment"),
                upstream ? row.getString("provider_id") : null,
                upstream ? row.getString("upstream_model") : null,
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
                row.getInt("attempts"),
                upstream ? StoredRequest.trail(row) : null,
                row.getObject("cache_hit", Boolean.class),
                JsonColumn.read(row, "metadata"));
    }

    Cursor cursor() {
        return new Cursor(at, requestId);
    }
}
