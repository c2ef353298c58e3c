package io.llmplatform.proxy;

import io.llmplatform.contracts.id.Ids;
import io.llmplatform.contracts.policy.Limits;
import io.llmplatform.proxy.limit.Admission;
import io.llmplatform.proxy.limit.Demand;
import io.llmplatform.proxy.limit.LocalLimiter;
import io.llmplatform.proxy.limit.Subject;
import io.llmplatform.proxy.route.Gate;
import io.llmplatform.proxy.route.Pass;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The limits of deployments, counted like all others. */
record DeploymentGate(LocalLimiter limiter, Ids ids) implements Gate {
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Decided in this gateway: the choice of a deployment cannot wait for shared counters. */
    @Override
    public Pass tryEnter(String deploymentId, Limits limits, long tokens) {
        var subject = new Subject(Subject.Kind.DEPLOYMENT, deploymentId, limits, null);
        var demand = new Demand(ids.next(Ids.Kind.REQUEST), List.of(subject), tokens, 0, BigDecimal.ZERO, "USD");
        return switch (limiter.admit(demand).result()) {
            case Admission.Granted granted ->
                (Pass.Granted) used -> granted.reservation().settle(used, BigDecimal.ZERO);
            case Admission.Denied denied -> {
                var wait = denied.retryAfter();
                yield new Pass.Full(wait == null ? SOON : wait);
            }
        };
    }
}
