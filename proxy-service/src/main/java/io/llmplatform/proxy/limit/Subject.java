package io.llmplatform.proxy.limit;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Someone or something that requests are counted for. Without limits and budgets it costs nothing to name it.
 *
 * @param limits  in force now: they may change from one demand to the next, the counts stay
 * @param budgets of a key, user or team: the spend of others is in no usage record by id, so it could not outlive a restart
 */
public record Subject(
        Kind kind,
        String id,
        @Nullable Limits limits,
        @Nullable List<Budget> budgets) {
    public enum Kind {
        KEY,
        USER,
        TEAM,
        MODEL,
        DEPLOYMENT;

        private boolean spends() {
            return this == KEY || this == USER || this == TEAM;
        }
    }

    public Subject {
        if (budgets != null && !budgets.isEmpty() && !kind.spends()) {
            throw new IllegalArgumentException("budgets are for KEY, USER and TEAM, not for " + kind + " " + id);
        }
    }

    boolean isFree() {
        return !isLimited() && (budgets == null || budgets.isEmpty());
    }

    boolean isLimited() {
        return requestsPerMinute() != null || tokensPerMinute() != null || concurrency() != null;
    }

    @Nullable
    Long requestsPerMinute() {
        return limits == null ? null : limits.requestsPerMinute();
    }

    @Nullable
    Long tokensPerMinute() {
        return limits == null ? null : limits.tokensPerMinute();
    }

    @Nullable
    Integer concurrency() {
        return limits == null ? null : limits.concurrency();
    }

    /** The budgets that a cost in this currency counts against. */
    List<Budget> budgetsIn(String currency) {
        if (budgets == null || budgets.isEmpty()) {
            return List.of();
        }
        for (var budget : budgets) {
            if (!budget.currency().equals(currency)) {
                return budgets.stream()
                        .filter(each -> each.currency().equals(currency))
                        .toList();
            }
        }
        return budgets;
    }
}
