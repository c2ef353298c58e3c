package io.llmplatform.proxy.route;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.proxy.config.GatewayConfig;
import io.llmplatform.proxy.route.Shortage.Busy;
import io.llmplatform.proxy.route.Shortage.Cause;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Finds deployments for requests. Shared by all event loops. */
public final class Router {
    private final DeploymentStates states;
    private final Gate gate;
    private final Pickers pickers;
    private final AtomicLong turns = new AtomicLong();

    /** @param random thread-safe */
    public Router(DeploymentStates states, Gate gate, RandomGenerator random) {
        this.states = states;
        this.gate = gate;
        this.pickers = new Pickers(random);
    }

    /**
     * @param model    asked for; active, and the caller may call it
     * @param servable whether that type of provider can do what is asked, as it is or translated
     * @param mayCall  by the name of a model; only fallbacks are asked about
     */
    public Journey journey(
            ConfigRecord.Model model,
            GatewayConfig config,
            Ask ask,
            Predicate<Target> servable,
            Predicate<String> mayCall) {
        return new Journey(this, model, config, ask, servable, mayCall);
    }

    Candidate candidate(Target target) {
        return new Candidate(target, states.of(target));
    }

    Candidate pick(List<Candidate> among, Stage stage, Ask ask) {
        var routing = stage.model().routing();
        return pickers.of(routing == null ? null : routing.strategy()).pick(among, ask, stage.rates());
    }

    sealed interface Entry {}

    record Entered(Lease lease) implements Entry {}

    record Refused(Busy why) implements Entry {}

    /** The breaker comes before the gate: its place can be given back without a trace, a counted request cannot. */
    Entry enter(Candidate candidate, Ask ask) {
        var state = candidate.state();
        var cooling = state.cooling();
        if (cooling != null) {
            return new Refused(cooling);
        }
        var permit = state.breaker().tryEnter();
        if (permit == null) {
            return new Refused(new Busy(Cause.BREAKER_OPEN, state.breaker().retryAfter()));
        }
        var limits = candidate.target().deployment().limits();
        boolean counted = limits != null && limits.tokensPerMinute() != null;
        long tokens = counted ? ask.promptTokens().getAsLong() : 0;
        var pass = limits == null ? UNLIMITED : gate.tryEnter(candidate.target().deploymentId(), limits, tokens);
        return switch (pass) {
            case Pass.Full(var retryAfter) -> {
                state.breaker().released(permit);
                yield new Refused(new Busy(Cause.LIMIT, retryAfter));
            }
            case Pass.Granted granted -> {
                state.turn(turns.incrementAndGet());
                yield new Entered(new Lease(candidate.target(), state, permit, granted, ask.stream(), tokens));
            }
        };
    }

    private static final Pass UNLIMITED = (Pass.Granted) tokens -> {};
}
