package io.llmplatform.command.price;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.command.policy.Amounts;
import io.llmplatform.contracts.policy.Rates;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prices in a body, per 1,000,000 tokens and per request. */
record RatesInput(
        @Nullable String currency,
        @Nullable BigDecimal input,
        @Nullable BigDecimal output,
        @Nullable BigDecimal cachedInput,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal reasoning,
        @Nullable BigDecimal imageInput,
        @Nullable BigDecimal imageOutput,
        @Nullable BigDecimal audioInput,
        @Nullable BigDecimal audioOutput,
        @Nullable BigDecimal request) {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    static void check(FieldErrors errors, @Nullable RatesInput rates) {
        errors.present("rates", rates);
        if (rates == null) {
            return;
        }
        errors.present("rates.currency", rates.currency)
                .check(
                        rates.currency == null || CURRENCIES.contains(rates.currency),
                        "rates.currency",
                        "expected a currency of ISO 4217, such as USD")
                .present("rates.input", rates.input)
                .present("rates.output", rates.output);
        Amounts.check(errors, "rates.input", rates.input);
        Amounts.check(errors, "rates.output", rates.output);
        Amounts.check(errors, "rates.cached_input", rates.cachedInput);
        Amounts.check(errors, "rates.cache_write", rates.cacheWrite);
        Amounts.check(errors, "rates.reasoning", rates.reasoning);
        Amounts.check(errors, "rates.image_input", rates.imageInput);
        Amounts.check(errors, "rates.image_output", rates.imageOutput);
        Amounts.check(errors, "rates.audio_input", rates.audioInput);
        Amounts.check(errors, "rates.audio_output", rates.audioOutput);
        Amounts.check(errors, "rates.request", rates.request);
    }

    /** Only after {@link #check}. */
    static Rates rates(@Nullable RatesInput checked) {
        var rates = Objects.requireNonNull(checked);
        return new Rates(
                Objects.requireNonNull(rates.currency),
                Amounts.plain(Objects.requireNonNull(rates.input)),
                Amounts.plain(Objects.requireNonNull(rates.output)),
                plain(rates.cachedInput),
                plain(rates.cacheWrite),
                plain(rates.reasoning),
                plain(rates.imageInput),
                plain(rates.imageOutput),
                plain(rates.audioInput),
                plain(rates.audioOutput),
                plain(rates.request));
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal amount) {
        return amount == null ? null : Amounts.plain(amount);
    }
}
