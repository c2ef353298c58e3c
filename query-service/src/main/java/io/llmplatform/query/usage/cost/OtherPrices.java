package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.query.web.RefusedException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The prices that a what-if asks about: those of one model, or rates written out; neither means as billed.
 *
 * @param pricesOf id or name of the model
 */
record OtherPrices(@Nullable String pricesOf, @Nullable Rates rates) {
    /** As the gateway has it where there is no price. */
    private static final Rates FREE =
            new Rates("USD", BigDecimal.ZERO, BigDecimal.ZERO, null, null, null, null, null, null, null, null);

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /** @throws RefusedException 400 when they contradict each other, or are half of what is needed */
    static OtherPrices of(
            @Nullable String pricesOf,
            @Nullable String currency,
            @Nullable String input,
            @Nullable String output,
            @Nullable String cachedInput,
            @Nullable String reasoning,
            @Nullable String request) {
        boolean written =
                Stream.of(input, output, cachedInput, reasoning, request).anyMatch(Objects::nonNull);
        if (!written) {
            return new OtherPrices(pricesOf, null);
        }
        if (pricesOf != null) {
            throw RefusedException.parameter("prices_of", "not together with rates");
        }
        return new OtherPrices(
                null,
                new Rates(
                        currency(currency),
                        required("input", input),
                        required("output", output),
                        Decimals.parse("cached_input", cachedInput),
                        null,
                        Decimals.parse("reasoning", reasoning),
                        null,
                        null,
                        null,
                        null,
                        Decimals.parse("request", request)));
    }

    static String currency(@Nullable String text) {
        if (text == null) {
            return "USD";
        }
        if (!CURRENCY.matcher(text).matches()) {
            throw RefusedException.parameter("currency", "'" + text + "' (expected one of ISO 4217 such as USD)");
        }
        return text;
    }

    private static BigDecimal required(String name, @Nullable String text) {
        var amount = Decimals.parse(name, text);
        if (amount == null) {
            throw RefusedException.parameter(name, "is needed with other rates");
        }
        return amount;
    }

    /** @throws RefusedException 400 when there is no such model, or it has no price */
    List<PriceWindow> windows(PriceBooks books) {
        if (rates != null) {
            return List.of(PriceWindow.forAll(PriceWindow.EVER, PriceWindow.NEVER, null, rates));
        }
        if (pricesOf == null) {
            return List.of();
        }
        var onModel = books.onModel(pricesOf).orElse(null);
        var book = books.of(pricesOf).orElse(null);
        if (book == null && onModel == null) {
            throw RefusedException.parameter(
                    "prices_of", "no model with a price has the id or name '" + pricesOf + "'");
        }
        return book == null
                ? List.of(
                        PriceWindow.forAll(PriceWindow.EVER, PriceWindow.NEVER, null, Objects.requireNonNull(onModel)))
                : PriceWindow.standing(book, onModel == null ? FREE : onModel);
    }
}
