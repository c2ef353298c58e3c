package io.llmplatform.proxy.usage;

import io.llmplatform.contracts.policy.Rates;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What a request costs: scale 10, trailing zeros stripped. */
public record Cost(BigDecimal amount, String currency) {
    private static final int SCALE = 10;
    private static final String NO_PRICE_CURRENCY = "USD";

    /**
     * What an answered request costs, its tokens and itself.
     *
     * @param rates absent = free
     */
    public static Cost ofAnswer(Tokens tokens, @Nullable Rates rates) {
        return rates == null || rates.request() == null ? of(tokens, rates) : of(tokens, rates, rates.request());
    }

    /**
     * What the tokens cost.
     *
     * @param rates absent = free
     */
    public static Cost of(Tokens tokens, @Nullable Rates rates) {
        return rates == null ? new Cost(BigDecimal.ZERO, NO_PRICE_CURRENCY) : of(tokens, rates, BigDecimal.ZERO);
    }

    private static Cost of(Tokens tokens, Rates rates, BigDecimal request) {
        var sum = prompt(tokens, rates)
                .add(completion(tokens, rates))
                .movePointLeft(6)
                .add(request)
                .setScale(SCALE, RoundingMode.HALF_UP);
        // stripTrailingZeros alone would write 0E-10 and 1E+1.
        var plain = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
        return new Cost(plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain, rates.currency());
    }

    /** The kinds may overlap at the provider (cached sound): each token is counted once, as the first kind it is told as. */
    private static BigDecimal prompt(Tokens tokens, Rates rates) {
        long left = tokens.prompt();
        long cached = Math.clamp(tokens.cached(), 0, left);
        left -= cached;
        long written = Math.clamp(tokens.kinds().cacheWrite(), 0, left);
        left -= written;
        long audio = Math.clamp(tokens.kinds().audioInput(), 0, left);
        left -= audio;
        long image = Math.clamp(tokens.kinds().imageInput(), 0, left);
        left -= image;
        return times(rates.input(), left)
                .add(times(rates.cachedInput(), rates.input(), cached))
                .add(times(rates.cacheWrite(), rates.input(), written))
                .add(times(rates.audioInput(), rates.input(), audio))
                .add(times(rates.imageInput(), rates.input(), image));
    }

    private static BigDecimal completion(Tokens tokens, Rates rates) {
        long left = tokens.completion();
        long reasoning = Math.clamp(tokens.reasoning(), 0, left);
        left -= reasoning;
        long audio = Math.clamp(tokens.kinds().audioOutput(), 0, left);
        left -= audio;
        long image = Math.clamp(tokens.kinds().imageOutput(), 0, left);
        left -= image;
        return times(rates.output(), left)
                .add(times(rates.reasoning(), rates.output(), reasoning))
                .add(times(rates.audioOutput(), rates.output(), audio))
                .add(times(rates.imageOutput(), rates.output(), image));
    }

    private static BigDecimal times(@Nullable BigDecimal price, BigDecimal otherwise, long tokens) {
        return tokens == 0 ? BigDecimal.ZERO : times(price == null ? otherwise : price, tokens);
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
