package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code UsageSummary} of the management API.
 *
 * @param cost     in {@code currency}, the one most requests were billed in
 * @param costs    by every currency
 */
record UsageSummary(
        long requests,
        long promptTokens,
        long completionTokens,
        long totalTokens,
        BigDecimal cost,
        String currency,
        Map<String, BigDecimal> costs,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable BigDecimal successRate,
        Percentiles latencyMs,
        Percentiles ttftMs) {}
