package io.llmplatform.proxy.usage;

import io.llmplatform.contracts.policy.Charges;
import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.contracts.policy.TokenCounts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a request costs, as {@link Charges} says: scale 10, trailing zeros stripped. */
public record Cost(BigDecimal amount, String currency) {
    private static final String NO_PRICE_CURRENCY = "USD";

    /**
     * What an answered request costs, its tokens and itself.
     *
     * @param rates absent = free
     */
    public static Cost ofAnswer(Tokens tokens, @Nullable Rates rates) {
        return of(tokens, rates, 1);
    }

    /**
     * What the tokens cost.
     *
     * @param rates absent = free
     */
    public static Cost of(Tokens tokens, @Nullable Rates rates) {
        return of(tokens, rates, 0);
    }

    private static Cost of(Tokens tokens, @Nullable Rates rates, long requests) {
        return rates == null
                ? new Cost(BigDecimal.ZERO, NO_PRICE_CURRENCY)
                : new Cost(Charges.of(counts(tokens), rates, requests), rates.currency());
    }

    private static TokenCounts counts(Tokens tokens) {
        var kinds = tokens.kinds();
        return new TokenCounts(
                tokens.prompt(),
                tokens.completion(),
                tokens.cached(),
                tokens.reasoning(),
                kinds.cacheWrite(),
                kinds.imageInput(),
                kinds.imageOutput(),
                kinds.audioInput(),
                kinds.audioOutput());
    }
}
