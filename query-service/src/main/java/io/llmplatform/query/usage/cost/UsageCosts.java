package io.llmplatform.query.usage.cost;

import io.llmplatform.query.usage.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code UsageCosts} of the management API: as billed beside as restated.
 *
 * @param difference       restated less billed
 * @param corrections      what the difference is made of
 * @param singleRequestsFrom since when requests are kept one by one, where the period begins before: what is older cannot be restated
 *                         and stands as it was billed
 */
record UsageCosts(
        Period period,
        SortedMap<String, BigDecimal> billed,
        SortedMap<String, BigDecimal> restated,
        SortedMap<String, BigDecimal> difference,
        List<Correction> corrections,
        @Nullable Instant singleRequestsFrom) {

    /**
     * Requests of a day to one model that a version billed which a correction stands in for now.
     *
     * @param model      the one that answered, by whose book it was billed
     * @param billed     what they were billed
     * @param byBilling  what the version that billed them makes of their tokens as recorded; not the same as {@code billed} where the
     *                   provider told kinds of tokens apart that records do not (pictures, sound, cache writes)
     * @param byStanding what the version that counts now makes of them; the difference is this less {@code byBilling}
     */
    record Correction(
            LocalDate day,
            String model,
            PriceBook.@Nullable Cited billedBy,
            PriceBook.@Nullable Cited restatedBy,
            long requests,
            String currency,
            BigDecimal billed,
            BigDecimal byBilling,
            String restatedCurrency,
            BigDecimal byStanding,
            String requestsLink) {}
}
