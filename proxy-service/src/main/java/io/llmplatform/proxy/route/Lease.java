package io.llmplatform.proxy.route;

import java.time.Duration;
import java.time.Instant;

/**
 * The right to make one attempt. Ends in exactly one of {@link #succeeded()}, {@link #failed} and {@link #released()}; whatever
 * comes after that is ignored. Belongs to one event loop.
 */
public final class Lease {
    private static final long UNTOLD = -1;

    private final Target target;
    private final DeploymentState state;
    private final Breaker.Permit permit;
    private final Pass.Granted pass;
    private final boolean stream;
    private final long estimatedTokens;
    private final Instant since;
    private long usedTokens = UNTOLD;
    private boolean answered;
    private boolean over;

    Lease(
            Target target,
            DeploymentState state,
            Breaker.Permit permit,
            Pass.Granted pass,
            boolean stream,
            long estimatedTokens) {
        this.target = target;
        this.state = state;
        this.permit = permit;
        this.pass = pass;
        this.stream = stream;
        this.estimatedTokens = estimatedTokens;
        this.since = state.now();
        state.inFlight().incrementAndGet();
    }

    public Target target() {
        return target;
    }

    /**
     * The first byte of an answer that is no error came. A breaker's trial is passed with it: a stream goes on for minutes,
     * and until then nobody else would be let in.
     */
    public void firstByte() {
        if (answered || over) {
            return;
        }
        answered = true;
        var now = state.now();
        state.latency(stream).measured(Duration.between(since, now), now);
        if (permit.trial()) {
            state.breaker().succeeded(permit);
        }
    }

    /** Prompt and completion together, as the deployment's limits shall count them; otherwise they go by the estimate. */
    public void used(long tokens) {
        usedTokens = Math.max(0, tokens);
    }

    public void succeeded() {
        if (end(estimatedTokens) && !trialPassed()) {
            state.breaker().succeeded(permit);
        }
    }

    public void failed(Failure failure) {
        if (!end(answered ? estimatedTokens : 0)) {
            return;
        }
        state.failed(failure);
        if (failure.countsAgainstDeployment()) {
            state.breaker().failed(permit);
        } else if (!trialPassed()) {
            state.breaker().released(permit);
        }
    }

    /** It says nothing about the deployment: the client left, or the request was refused for what it asks. */
    public void released() {
        if (end(answered ? estimatedTokens : 0) && !trialPassed()) {
            state.breaker().released(permit);
        }
    }

    private boolean trialPassed() {
        return answered && permit.trial();
    }

    private boolean end(long tokensIfUntold) {
        if (over) {
            return false;
        }
        over = true;
        state.inFlight().decrementAndGet();
        pass.leave(usedTokens == UNTOLD ? tokensIfUntold : usedTokens);
        return true;
    }
}
