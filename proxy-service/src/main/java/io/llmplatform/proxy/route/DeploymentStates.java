package io.llmplatform.proxy.route;

import io.llmplatform.proxy.config.GatewayConfig;
import java.time.Clock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the gateway has learned about its deployments since it started. Shared by all event loops. */
public final class DeploymentStates {
    private final Clock clock;
    private final RandomGenerator random;
    private final BreakerSettings settings;
    private final ConcurrentMap<String, DeploymentState> states = new ConcurrentHashMap<>();
    private volatile @Nullable GatewayConfig followed;

    /**
     * @param clock  better a {@link MonotonicClock} than the wall's
     * @param random thread-safe
     */
    public DeploymentStates(BreakerSettings settings, Clock clock, RandomGenerator random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Forgets the deployments that are no longer configured. Cheap when nothing changed; {@link Prober#tick} does it too. */
    public void follow(GatewayConfig config) {
        if (config == followed) {
            return;
        }
        followed = config;
        var configured = new HashSet<String>();
        for (var model : config.models()) {
            model.deployments().forEach(deployment -> configured.add(deployment.id()));
        }
        states.keySet().retainAll(configured);
    }

    /** Of the deployments that were ever asked. */
    public List<DeploymentStatus> all() {
        return states.values().stream().map(DeploymentState::status).toList();
    }

    Collection<DeploymentState> states() {
        return states.values();
    }

    DeploymentState of(Target target) {
        var held = states.get(target.deploymentId());
        return held != null && held.target().leadsWhere(target)
                ? held
                : states.compute(target.deploymentId(), (id, current) -> successor(current, target));
    }

    /** A request that still goes by an older configuration must not bring the state of that one back. */
    private DeploymentState successor(@Nullable DeploymentState current, Target target) {
        if (current == null) {
            return fresh(target, new AtomicInteger());
        }
        var held = current.target();
        boolean older = held.provider().id().equals(target.provider().id())
                && held.provider().version() > target.provider().version();
        return older || held.leadsWhere(target) ? current : fresh(target, current.inFlight());
    }

    private DeploymentState fresh(Target target, AtomicInteger inFlight) {
        var breaker = new Breaker(target.deploymentId(), settings, clock, random);
        return new DeploymentState(target, clock, breaker, settings.longestCooling(), inFlight);
    }
}
