package io.llmplatform.contracts.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a model costs: money per 1,000,000 tokens of each kind, and per request.
 *
 * @param currency    ISO 4217
 * @param cachedInput tokens of the prompt that the provider had cached; absent = as input
 * @param cacheWrite  tokens of the prompt that the provider put into its cache; absent = as input
 * @param reasoning   tokens of the answer spent on reasoning; absent = as output
 * @param imageInput  tokens of pictures in the prompt; absent = as input
 * @param imageOutput tokens of pictures in the answer; absent = as output
 * @param audioInput  tokens of sound in the prompt; absent = as input
 * @param audioOutput tokens of sound in the answer; absent = as output
 * @param request     each answered request, beside its tokens; absent = nothing
 */
public record Rates(
        String currency,
        BigDecimal input,
        BigDecimal output,
        @Nullable BigDecimal cachedInput,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal reasoning,
        @Nullable BigDecimal imageInput,
        @Nullable BigDecimal imageOutput,
        @Nullable BigDecimal audioInput,
        @Nullable BigDecimal audioOutput,
        @Nullable BigDecimal request) {}
