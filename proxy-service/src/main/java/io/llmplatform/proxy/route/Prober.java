package io.llmplatform.proxy.route;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.llmplatform.proxy.config.GatewayConfig;
import io.llmplatform.proxy.config.ProviderConfig;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks providers that could not be reached whether they are back, so that requests need not find out. Only where a breaker is open
 * for a reason that a cheap call can see the end of; providers in good health, or of type {@code mock}, are left in peace.
 * One for the whole gateway; belongs to one event loop.
 */
public final class Prober {
    private static final Logger LOG = LoggerFactory.getLogger(Prober.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final double JITTER = 0.2;
    private static final String NEVER_PROBED = "mock";

    private final DeploymentStates states;
    private final Probe probe;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Instant> due = new HashMap<>();
    private final Set<String> underWay = new HashSet<>();

    /** A cheap call that costs no tokens. */
    @FunctionalInterface
    public interface Probe {
        /** @return whether the provider answered at all; must end in bounded time, on the event loop that asked */
        Future<Boolean> probe(ProviderConfig provider);
    }

    /** @param clock the one of the states */
    public Prober(DeploymentStates states, Probe probe, Clock clock, RandomGenerator random) {
        this.states = states;
        this.probe = probe;
        this.clock = clock;
        this.random = random;
    }

    /** Probes what is due; to be called about every second. */
    public void tick(GatewayConfig config) {
        states.follow(config);
        var now = clock.instant();
        var away = away(config);
        due.keySet().retainAll(away.keySet());
        away.forEach((id, provider) -> {
            // The first time anywhere within the interval: gateways that failed together do not probe together.
            var at = due.computeIfAbsent(id, first -> now.plus(scaled(random.nextDouble())));
            if (!now.isBefore(at) && underWay.add(id)) {
                due.put(id, now.plus(scaled(Jitter.around(1, JITTER, random))));
                begin(provider);
            }
        });
    }

    private Map<String, ProviderConfig> away(GatewayConfig config) {
        var away = new HashMap<String, ProviderConfig>();
        for (var state : states.states()) {
            var provider = config.provider(state.target().provider().id());
            if (provider != null
                    && provider.active()
                    && provider.usable()
                    && !provider.type().equals(NEVER_PROBED)
                    && isAway(state)) {
                away.put(provider.id(), provider);
            }
        }
        return away;
    }

    private static boolean isAway(DeploymentState state) {
        var last = state.lastFailure();
        return last != null && last.failure().showsInProbe() && state.breaker().state() == CircuitBreaker.State.OPEN;
    }

    private void begin(ProviderConfig provider) {
        Future<Boolean> answer;
        try {
            answer = probe.probe(provider);
        } catch (RuntimeException e) {
            answer = Future.failedFuture(e);
        }
        answer.onComplete(result -> {
            underWay.remove(provider.id());
            if (result.succeeded() && Boolean.TRUE.equals(result.result())) {
                back(provider);
            } else {
                LOG.debug("provider {} is still away", provider.id(), result.cause());
            }
        });
    }

    private void back(ProviderConfig provider) {
        LOG.info("provider {} answers again", provider.id());
        for (var state : states.states()) {
            var known = state.target().provider();
            if (known.id().equals(provider.id()) && known.baseUrl().equals(provider.baseUrl()) && isAway(state)) {
                state.breaker().admitTrials();
            }
        }
    }

    private static Duration scaled(double share) {
        return Duration.ofMillis(Math.round(EVERY.toMillis() * share));
    }
}
