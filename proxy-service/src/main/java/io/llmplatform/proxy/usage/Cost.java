package io.llmplatform.proxy.usage;

import io.llmplatform.contracts.event.ModelEvent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What tokens cost: scale 10, trailing zeros stripped. */
public record Cost(BigDecimal amount, String currency) {
    private static final int SCALE = 10;
    private static final String NO_PRICE_CURRENCY = "USD";

    /** @param price absent = free */
    public static Cost of(Tokens tokens, ModelEvent.@Nullable Price price) {
        if (price == null) {
            return new Cost(BigDecimal.ZERO, NO_PRICE_CURRENCY);
        }
        long cached = Math.clamp(tokens.cached(), 0, tokens.prompt());
        var cachedInput = price.cachedInput();
        var sum = times(price.input(), tokens.prompt() - cached)
                .add(times(cachedInput == null ? price.input() : cachedInput, cached))
                .add(times(price.output(), tokens.completion()))
                .movePointLeft(6)
                .setScale(SCALE, RoundingMode.HALF_UP);
        // stripTrailingZeros alone would write 0E-10 and 1E+1.
        var plain = sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros();
        return new Cost(plain.scale() < 0 ? plain.setScale(0, RoundingMode.UNNECESSARY) : plain, price.currency());
    }

    private static BigDecimal times(BigDecimal price, long tokens) {
        return price.multiply(BigDecimal.valueOf(tokens));
    }
}
