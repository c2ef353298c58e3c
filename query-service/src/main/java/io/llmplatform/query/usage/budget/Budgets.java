package io.llmplatform.query.usage.budget;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.Dimension;
import io.llmplatform.query.usage.UsageFilter;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Holds budgets as they stand now against what was spent by a moment. */
@Component
class Budgets {
    private final JdbcClient jdbc;
    private final Spending spending;
    private final String budgets = SqlFile.read("budgets");

    Budgets(JdbcClient jdbc, Spending spending) {
        this.jdbc = jdbc;
        this.spending = spending;
    }

    record Owned(Dimension dimension, String id, @Nullable String name, Budget budget) {}

    private record Group(Dimension dimension, Budget.Period period) {}

    /** The most used first. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public List<BudgetState> at(UsageFilter filter, Instant now, int most) {
        var groups = new LinkedHashMap<Group, List<Owned>>();
        for (var owned : owned(filter)) {
            groups.computeIfAbsent(new Group(owned.dimension(), owned.budget().period()), absent -> new ArrayList<>())
                    .add(owned);
        }
        var states = new ArrayList<BudgetState>();
        groups.forEach((group, all) -> states.addAll(states(group, all, now)));
        return states.stream()
                .sorted(Comparator.comparing(BudgetState::used).reversed().thenComparing(BudgetState::id))
                .limit(most)
                .toList();
    }

    private List<Owned> owned(UsageFilter filter) {
        return filter.bind(jdbc.sql(budgets))
                .query((row, number) -> new Owned(
                        Dimension.valueOf(row.getString("dimension").toUpperCase(Locale.ROOT)),
                        row.getString("id"),
                        row.getString("name"),
                        new Budget(
                                Budget.Period.of(row.getString("period")),
                                row.getBigDecimal("amount"),
                                row.getString("currency"))))
                .list();
    }

    private List<BudgetState> states(Group group, List<Owned> all, Instant now) {
        var window = BudgetWindow.at(group.period(), now);
        var ids = all.stream().map(Owned::id).distinct().toList();
        var spent = spending.of(group.dimension(), ids, window.spent(), window.step());
        var lately = spending.of(group.dimension(), ids, window.pace(), window.step());
        return all.stream()
                .map(owned ->
                        BurnDown.of(owned, window, steps(spent, owned), total(steps(lately, owned)), () -> spending.of(
                                        owned.dimension(), List.of(owned.id()), window.spent(), ChronoUnit.HOURS)
                                .getOrDefault(account(owned), new TreeMap<>())))
                .toList();
    }

    private static Spending.Account account(Owned owned) {
        return new Spending.Account(owned.id(), owned.budget().currency());
    }

    private static NavigableMap<Instant, BigDecimal> steps(
            Map<Spending.Account, NavigableMap<Instant, BigDecimal>> spent, Owned owned) {
        return spent.getOrDefault(account(owned), new TreeMap<>());
    }

    private static BigDecimal total(NavigableMap<Instant, BigDecimal> steps) {
        return steps.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
