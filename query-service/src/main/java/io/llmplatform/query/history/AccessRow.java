package io.llmplatform.query.history;

import io.llmplatform.contracts.policy.Budget;
import io.llmplatform.contracts.policy.Limits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code Access} of the management API: one key and one model.
 *
 * @param user       absent for a service key
 * @param reason     what the gateway would have refused it for; absent when allowed
 * @param scopes     absent = every endpoint
 * @param allowedIps absent = from everywhere
 * @param limits     all that count, each on its own
 * @param servedBy   deployments that may serve it, those of fallbacks too, by preference; conditions of a request aside
 * @param restsOn    the last event by then of each entity that this follows from
 */
record AccessRow(
        Thing apiKey,
        @Nullable Thing user,
        @Nullable Thing team,
        Thing model,
        boolean allowed,
        @Nullable String reason,
        @Nullable Instant expiresAt,
        @Nullable List<String> scopes,
        @Nullable List<String> allowedIps,
        List<LimitsOf> limits,
        List<BudgetsOf> budgets,
        List<Served> servedBy,
        List<Ground> restsOn) {

    record Thing(String id, @Nullable String name) {}

    record LimitsOf(String type, String id, Limits limits) {}

    record BudgetsOf(String type, String id, List<Budget> budgets) {}

    record Served(String model, String deploymentId, String providerId) {}

    record Ground(String type, String id, String eventId, String eventType, long position, Instant at) {
        static Ground of(StateRow row) {
            var event = row.event();
            return new Ground(row.type(), row.id(), event.id(), event.type(), event.position(), event.at());
        }
    }
}
