package io.llmplatform.command.model;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.policy.Amounts;
import io.llmplatform.contracts.event.ModelEvent.Price;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A price in a body, per 1,000,000 tokens. */
record PriceInput(
        @Nullable String currency,
        @Nullable BigDecimal input,
        @Nullable BigDecimal output,
        @Nullable BigDecimal cachedInput) {

    static @Nullable Price price(@Nullable PriceInput price) {
        return price == null
                ? null
                : new Price(
                        Objects.requireNonNull(price.currency),
                        Amounts.plain(Objects.requireNonNull(price.input)),
                        Amounts.plain(Objects.requireNonNull(price.output)),
                        price.cachedInput == null ? null : Amounts.plain(price.cachedInput));
    }

    static void check(FieldErrors errors, String field, @Nullable PriceInput price) {
        if (price == null) {
            return;
        }
        errors.present(field + ".currency", price.currency)
                .matches(field + ".currency", price.currency, Amounts.CURRENCY)
                .present(field + ".input", price.input)
                .present(field + ".output", price.output);
        Amounts.check(errors, field + ".input", price.input);
        Amounts.check(errors, field + ".output", price.output);
        Amounts.check(errors, field + ".cached_input", price.cachedInput);
    }
}
