package io.llmplatform.query.usage.cost;

import io.llmplatform.contracts.policy.Rates;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.usage.cost.WhatIf.OfModel;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Prices what was used by other prices, and holds it against a budget. */
@Component
class WhatIfs {
    private static final Rates NOTHING =
            new Rates("USD", BigDecimal.ZERO, BigDecimal.ZERO, null, null, null, null, null, null, null, null);
    private static final List<PriceWindow> AS_BILLED =
            List.of(PriceWindow.forAll(PriceWindow.EVER, PriceWindow.NEVER, null, NOTHING));

    private final PriceBooks books;
    private final PricedUsage usage;
    private final Exhaustion exhaustion;
    private final KeptRequests kept;

    WhatIfs(PriceBooks books, PricedUsage usage, Exhaustion exhaustion, KeptRequests kept) {
        this.books = books;
        this.usage = usage;
        this.exhaustion = exhaustion;
        this.kept = kept;
    }

    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public WhatIf of(UsageFilter filter, Period period, OtherPrices prices, @Nullable BudgetAsked budget) {
        var windows = prices.windows(books);
        boolean asBilled = windows.isEmpty();
        var models = new TreeMap<String, Amounts>();
        var byHour = new TreeMap<Instant, BigDecimal>();
        usage.each(filter, period, asBilled ? AS_BILLED : windows, "hour", group -> {
            var rates = group.window().rates();
            var currency = asBilled ? group.currency() : rates.currency();
            var charge = asBilled ? group.billed() : group.charge(rates);
            models.computeIfAbsent(group.model(), absent -> new Amounts()).add(group, currency, charge);
            if (budget != null && budget.currency().equals(currency)) {
                byHour.merge(group.at(), charge, BigDecimal::add);
            }
        });
        var billed = sum(models.values().stream().map(each -> each.billed));
        var whatIf = sum(models.values().stream().map(each -> each.whatIf));
        return new WhatIf(
                period,
                windows.stream()
                        .filter(window -> window.from().isBefore(period.to())
                                && period.from().isBefore(window.to()))
                        .map(PriceWindow::newVersion)
                        .flatMap(Stream::ofNullable)
                        .toList(),
                models.values().stream().mapToLong(each -> each.requests).sum(),
                billed,
                whatIf,
                CostRestatement.difference(billed, whatIf),
                dearest(models),
                budget == null ? null : exhaustion.of(budget, byHour, filter, period, windows),
                kept.since(period));
    }

    private static List<OfModel> dearest(SortedMap<String, Amounts> models) {
        return models.entrySet().stream()
                .map(model -> new OfModel(
                        model.getKey(), model.getValue().requests, model.getValue().billed, model.getValue().whatIf))
                .sorted(Comparator.comparing((OfModel model) -> model.whatIf().values().stream()
                                .reduce(BigDecimal.ZERO, BigDecimal::max)
                                .negate())
                        .thenComparing(OfModel::model))
                .toList();
    }

    private static SortedMap<String, BigDecimal> sum(Stream<SortedMap<String, BigDecimal>> all) {
        var sum = new TreeMap<String, BigDecimal>();
        all.forEach(each -> add(sum, each));
        return sum;
    }

    private static void add(SortedMap<String, BigDecimal> to, Map<String, BigDecimal> more) {
        more.forEach((currency, cost) -> to.merge(currency, cost, BigDecimal::add));
    }

    /** @param amount more than nothing */
    record BudgetAsked(BigDecimal amount, String currency) {
        static @Nullable BudgetAsked of(@Nullable String amount, @Nullable String currency) {
            if (amount == null) {
                return null;
            }
            return new BudgetAsked(
                    Objects.requireNonNull(Decimals.parse("budget", amount)), OtherPrices.currency(currency));
        }
    }

    private static final class Amounts {
        private final SortedMap<String, BigDecimal> billed = new TreeMap<>();
        private final SortedMap<String, BigDecimal> whatIf = new TreeMap<>();
        private long requests;

        void add(PricedUsage.Group group, String currency, BigDecimal charge) {
            requests += group.requests();
            billed.merge(group.currency(), group.billed(), BigDecimal::add);
            whatIf.merge(currency, charge, BigDecimal::add);
        }
    }
}
