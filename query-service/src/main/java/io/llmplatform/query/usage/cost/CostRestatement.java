package io.llmplatform.query.usage.cost;

import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.usage.UsageTotals;
import io.llmplatform.query.usage.cost.UsageCosts.Correction;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Restates bills by the price books as they stand now. Only what a correction reaches is looked at request by request. */
@Component
class CostRestatement {
    private final UsageTotals totals;
    private final PriceBooks books;
    private final PricedUsage usage;
    private final KeptRequests kept;

    CostRestatement(UsageTotals totals, PriceBooks books, PricedUsage usage, KeptRequests kept) {
        this.totals = totals;
        this.books = books;
        this.usage = usage;
        this.kept = kept;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageCosts of(UsageFilter filter, Period period) {
        var windows = books.all().stream()
                .flatMap(book -> PriceWindow.corrected(book).stream())
                .filter(window ->
                        window.from().isBefore(period.to()) && period.from().isBefore(window.to()))
                .toList();
        var cells = new LinkedHashMap<Cell, Amounts>();
        usage.each(filter, period, windows, "day", group -> {
            var by = Objects.requireNonNull(group.window().billed());
            // Billed in another currency than the version says: all of it gives way.
            var before = group.free() || by.currency().equals(group.currency()) ? group.charge(by) : group.billed();
            // Billed nothing although the version says otherwise: nothing was charged for, whatever the price.
            if (!group.free() || before.signum() == 0) {
                var after = group.charge(group.window().rates());
                cells.computeIfAbsent(new Cell(group.window(), group.at(), group.currency()), absent -> new Amounts())
                        .add(group, before, after);
            }
        });
        var billed = totals.of(filter, period).costs();
        var restated = new TreeMap<>(billed);
        var corrections = new ArrayList<Correction>();
        cells.forEach((cell, amounts) -> {
            var after = cell.window().rates().currency();
            restated.merge(cell.currency(), amounts.byBilling.negate(), BigDecimal::add);
            restated.merge(after, amounts.byStanding, BigDecimal::add);
            corrections.add(amounts.correction(cell, filter, period));
        });
        return new UsageCosts(period, billed, restated, difference(billed, restated), corrections, kept.since(period));
    }

    static SortedMap<String, BigDecimal> difference(
            SortedMap<String, BigDecimal> billed, SortedMap<String, BigDecimal> restated) {
        var difference = new TreeMap<String, BigDecimal>();
        restated.forEach((currency, cost) ->
                difference.put(currency, cost.subtract(billed.getOrDefault(currency, BigDecimal.ZERO))));
        return difference;
    }

    private record Cell(PriceWindow window, Instant at, String currency) {
        LocalDate day() {
            return LocalDate.ofInstant(at, ZoneOffset.UTC);
        }
    }

    private static final class Amounts {
        private long requests;
        private BigDecimal billed = BigDecimal.ZERO;
        private BigDecimal byBilling = BigDecimal.ZERO;
        private BigDecimal byStanding = BigDecimal.ZERO;

        void add(PricedUsage.Group group, BigDecimal before, BigDecimal after) {
            requests += group.requests();
            billed = billed.add(group.billed());
            byBilling = byBilling.add(before);
            byStanding = byStanding.add(after);
        }

        Correction correction(Cell cell, UsageFilter filter, Period period) {
            var window = cell.window();
            var model = Objects.requireNonNull(window.model());
            return new Correction(
                    cell.day(),
                    model,
                    window.billedBy(),
                    window.newVersion(),
                    requests,
                    cell.currency(),
                    billed,
                    byBilling,
                    window.rates().currency(),
                    byStanding,
                    filter.requests(of(cell, period)) + "&billed_model="
                            + URLEncoder.encode(model, StandardCharsets.UTF_8));
        }

        /** The part of the day that the correction reaches. */
        private static Period of(Cell cell, Period period) {
            var from = latest(latest(cell.at(), cell.window().from()), period.from());
            var end = cell.at().plus(Duration.ofDays(1));
            return new Period(from, earliest(earliest(end, cell.window().to()), period.to()));
        }

        private static Instant latest(Instant a, Instant b) {
            return a.isAfter(b) ? a : b;
        }

        private static Instant earliest(Instant a, Instant b) {
            return a.isBefore(b) ? a : b;
        }
    }
}
