package io.llmplatform.command.policy;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.policy.Budget;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A budget in a body. */
public record BudgetInput(
        @Nullable String period,
        @Nullable BigDecimal amount,
        @Nullable String currency) {
    private static final int MOST = 10;
    private static final List<String> PERIODS = List.of("day", "month", "total");

    /** Absent when there is none. */
    public static @Nullable List<Budget> budgets(@Nullable List<BudgetInput> inputs) {
        return inputs == null || inputs.isEmpty()
                ? null
                : inputs.stream().map(BudgetInput::budget).toList();
    }

    private Budget budget() {
        return new Budget(
                Budget.Period.of(Objects.requireNonNull(period)),
                Amounts.plain(Objects.requireNonNull(amount)),
                Objects.requireNonNull(currency));
    }

    public static void check(FieldErrors errors, @Nullable List<@Nullable BudgetInput> inputs) {
        if (inputs == null) {
            return;
        }
        errors.check(inputs.size() <= MOST, "budgets", "expected at most " + MOST);
        var seen = new HashSet<String>();
        for (int i = 0; i < Math.min(inputs.size(), MOST); i++) {
            var field = "budgets[" + i + "]";
            var input = inputs.get(i);
            if (input == null) {
                errors.add(field, "must not be null");
                continue;
            }
            errors.present(field + ".period", input.period)
                    .check(
                            input.period == null || PERIODS.contains(input.period),
                            field + ".period",
                            "expected one of " + String.join(", ", PERIODS))
                    .present(field + ".currency", input.currency)
                    .matches(field + ".currency", input.currency, Amounts.CURRENCY);
            Amounts.checkPositive(errors, field + ".amount", input.amount);
            errors.check(
                    seen.add(input.period + " " + input.currency),
                    field,
                    "there is another budget of that period and currency");
        }
    }
}
