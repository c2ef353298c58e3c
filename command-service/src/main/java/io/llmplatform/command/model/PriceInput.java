package io.llmplatform.command.model;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.event.ModelEvent.Price;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A price in a body, per 1,000,000 tokens. */
record PriceInput(
        @Nullable String currency,
        @Nullable BigDecimal input,
        @Nullable BigDecimal output,
        @Nullable BigDecimal cachedInput) {
    private static final Pattern CURRENCY = Pattern.compile("^[A-Z]{3}$");
    private static final BigDecimal HIGHEST = new BigDecimal("1000000000");
    private static final int MOST_DECIMALS = 10;

    Price price() {
        return new Price(
                Objects.requireNonNull(currency),
                plain(Objects.requireNonNull(input)),
                plain(Objects.requireNonNull(output)),
                cachedInput == null ? null : plain(cachedInput));
    }

    static void check(FieldErrors errors, @Nullable PriceInput price) {
        if (price == null) {
            return;
        }
        errors.present("price.currency", price.currency)
                .matches("price.currency", price.currency, CURRENCY)
                .present("price.input", price.input)
                .present("price.output", price.output);
        amount(errors, "price.input", price.input);
        amount(errors, "price.output", price.output);
        amount(errors, "price.cached_input", price.cachedInput);
    }

    /** Bounds before any arithmetic: 1e1000000000 is a short text and an endless number. */
    private static void amount(FieldErrors errors, String field, @Nullable BigDecimal amount) {
        if (amount == null) {
            return;
        }
        boolean sane = amount.signum() >= 0
                && Math.abs((long) amount.scale()) <= 40
                && amount.precision() <= 40
                && amount.compareTo(HIGHEST) <= 0
                && amount.stripTrailingZeros().scale() <= MOST_DECIMALS;
        errors.check(sane, field, "expected 0 to " + HIGHEST + " with at most " + MOST_DECIMALS + " decimals");
    }

    /** One form for equal amounts, so that 2.5 and 2.50 are no change. */
    private static BigDecimal plain(BigDecimal amount) {
        var stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
