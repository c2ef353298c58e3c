package io.llmplatform.contracts.policy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tokens and requests cost by a model's rates. The gateway bills by this, and whoever checks or restates a bill does too. */
public final class Charges {
    /** Decimals of a bill; what is below is rounded half up, request by request. */
    public static final int SCALE = 10;

    private static final int TOKENS_PER_PRICE = 6;

    private Charges() {}

    /**
     * @param requests how many requests are to be paid for beside their tokens; 0 for one that was not answered
     * @return without trailing zeros, and never in scientific notation
     */
    public static BigDecimal of(TokenCounts tokens, Rates rates, long requests) {
        var fee = rates.request() == null ? BigDecimal.ZERO : times(rates.request(), requests);
        var sum = prompt(tokens, rates)
                .add(completion(tokens, rates))
                .movePointLeft(TOKENS_PER_PRICE)
                .add(fee)
                .setScale(SCALE, RoundingMode.HALF_UP);
        // stripTrailingZeros alone would write 0E-10 and 1E+1.
        var plain = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain;
    }

    /**
     * Whether nothing is ever rounded by these rates, so that the charge of sums is the sum of charges. Only of sums of kinds none
     * of which is more than the prompt or the answer that it is a part of.
     */
    public static boolean addUp(Rates rates) {
        return (rates.request() == null || decimals(rates.request()) <= SCALE)
                && Stream.of(
                                rates.input(),
                                rates.output(),
                                rates.cachedInput(),
                                rates.cacheWrite(),
                                rates.reasoning(),
                                rates.imageInput(),
                                rates.imageOutput(),
                                rates.audioInput(),
                                rates.audioOutput())
                        .allMatch(rate -> rate == null || decimals(rate) <= SCALE - TOKENS_PER_PRICE);
    }

    private static int decimals(BigDecimal rate) {
        return rate.stripTrailingZeros().scale();
    }

    /** The kinds may overlap at the provider (cached sound): each token is counted once, as the first kind it is told as. */
    private static BigDecimal prompt(TokenCounts tokens, Rates rates) {
        long left = tokens.prompt();
        long cached = Math.clamp(tokens.cached(), 0, left);
        left -= cached;
        long written = Math.clamp(tokens.cacheWrite(), 0, left);
        left -= written;
        long audio = Math.clamp(tokens.audioInput(), 0, left);
        left -= audio;
        long image = Math.clamp(tokens.imageInput(), 0, left);
        left -= image;
        return times(rates.input(), left)
                .add(times(rates.cachedInput(), rates.input(), cached))
                .add(times(rates.cacheWrite(), rates.input(), written))
                .add(times(rates.audioInput(), rates.input(), audio))
                .add(times(rates.imageInput(), rates.input(), image));
    }

    private static BigDecimal completion(TokenCounts tokens, Rates rates) {
        long left = tokens.completion();
        long reasoning = Math.clamp(tokens.reasoning(), 0, left);
        left -= reasoning;
        long audio = Math.clamp(tokens.audioOutput(), 0, left);
        left -= audio;
        long image = Math.clamp(tokens.imageOutput(), 0, left);
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
