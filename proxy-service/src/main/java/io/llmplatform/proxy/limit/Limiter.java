package io.llmplatform.proxy.limit;

import io.vertx.core.Future;

/**
 * Lets requests in. All subjects of a demand are charged or none is.
 *
 * <p>Limits a minute hold for any 60 seconds, by counting up to one more: what was used is free again after
 * 60 to 61 seconds. They and the requests
 * under way are counted from zero after a restart; budgets are not: their spend comes from the {@link SpendLedger}.
 *
 * <p>A budget lets a request in while {@code spent + reserved + estimate <= amount}. It can thus be overshot by no more
 * than the requests in flight cost beyond their reservations: with reservations that are upper bounds, not at all.
 */
public interface Limiter {
    /** Never fails; completed on return unless counters are shared. */
    Future<Admission> admit(Demand demand);
}
