package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.policy.Charges;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.contracts.policy.TokenCounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells which prices one request was billed by, and what those make of it that count now. */
@Component
public class RequestPrices {
    private final PriceBooks books;

    RequestPrices(PriceBooks books) {
        this.books = books;
    }

    /**
     * @param model    the one that answered
     * @param answered whether it is paid for beside its tokens
     * @param billed   in {@code currency}
     */
    public record Asked(
            @Nullable String model,
            Instant arrived,
            Instant ended,
            boolean cacheHit,
            boolean answered,
            TokenCounts tokens,
            BigDecimal billed,
            String currency) {}

    /**
     * {@code RequestPrice} of the management API.
     *
     * @param billedBy   absent where the price stood on the model, or there was none
     * @param byBilling  what that version makes of the tokens as recorded; other than billed where the provider told kinds of tokens
     *                   apart that records do not
     * @param countsNow  the version that counts for that moment now
     * @param restated   in {@code restatedCurrency}; as billed where no correction reaches it
     */
    public record Priced(
            BigDecimal billed,
            String currency,
            PriceBook.@Nullable Cited billedBy,
            @Nullable BigDecimal byBilling,
            PriceBook.@Nullable Cited countsNow,
            BigDecimal restated,
            String restatedCurrency) {}

    public Priced of(Asked asked) {
        var model = asked.model();
        var book = model == null || asked.cacheHit() ? Optional.<PriceBook>empty() : books.of(model);
        return book.map(found -> of(asked, found))
                .orElseGet(() -> new Priced(
                        asked.billed(), asked.currency(), null, null, null, asked.billed(), asked.currency()));
    }

    private static Priced of(Asked asked, PriceBook book) {
        var before = book.billedBy(asked.arrived(), asked.ended());
        var now = book.inForce(asked.arrived());
        var byBilling = before == null ? null : charge(asked, before);
        var restated = asked.billed();
        var currency = asked.currency();
        if (before != null && now != null && byBilling != null && before.number() != now.number()) {
            boolean nothing = asked.billed().signum() == 0 && byBilling.signum() != 0;
            if (!nothing) {
                boolean same = before.rates().currency().equals(asked.currency());
                var rest = same ? asked.billed().subtract(byBilling) : BigDecimal.ZERO;
                currency = now.rates().currency();
                restated = charge(asked, now).add(currency.equals(asked.currency()) ? rest : BigDecimal.ZERO);
            }
        }
        return new Priced(
                asked.billed(),
                asked.currency(),
                before == null ? null : book.cite(before),
                byBilling,
                now == null ? null : book.cite(now),
                restated,
                currency);
    }

    private static BigDecimal charge(Asked asked, PriceVersion version) {
        return Charges.of(asked.tokens(), version.rates(), asked.answered() ? 1 : 0);
    }
}
