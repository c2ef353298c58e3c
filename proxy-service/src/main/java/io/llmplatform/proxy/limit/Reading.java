package io.llmplatform.proxy.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a subject stands before a demand is charged.
 *
 * @param requests   absent when unlimited
 * @param tokens     absent when unlimited
 * @param running    requests under way
 * @param overBudget whether the demand's cost would go beyond one of its budgets
 */
record Reading(
        Subject subject,
        Window.@Nullable Level requests,
        Window.@Nullable Level tokens,
        long running,
        boolean overBudget) {
    /** Nobody knows when a request under way will end. */
    private static final Duration CONCURRENCY_RETRY = Duration.ofSeconds(1);

    /** What the demand goes beyond here, or null; {@code rates} are still to be filled in. */
    Admission.@Nullable Denied denial(Demand demand) {
        if (overBudget) {
            return new Admission.Denied(subject, Reason.BUDGET, null, null);
        }
        var perMinute = subject.tokensPerMinute();
        if (perMinute != null && demand.tokens() > perMinute) {
            return new Admission.Denied(subject, Reason.TOKENS, null, null);
        }
        long forRequests = requests == null ? 0 : requests.waitMillis();
        long forTokens = tokens == null ? 0 : tokens.waitMillis();
        if (forRequests > 0 || forTokens > 0) {
            var reason = forRequests >= forTokens ? Reason.REQUESTS : Reason.TOKENS;
            return new Admission.Denied(subject, reason, Duration.ofMillis(Math.max(forRequests, forTokens)), null);
        }
        var atATime = subject.concurrency();
        return atATime != null && running >= atATime
                ? new Admission.Denied(subject, Reason.CONCURRENCY, CONCURRENCY_RETRY, null)
                : null;
    }
}
