package io.llmplatform.proxy.limit;

import org.jspecify.annotations.Nullable;

/** The counters of one subject. Guarded by its limiter. */
final class Meter {
    /** Identity of a subject, whatever its limits are now. */
    record Key(Subject.Kind kind, String id) {
        static Key of(Subject subject) {
            return new Key(subject.kind(), subject.id());
        }
    }

    private @Nullable Window requests;
    private @Nullable Window tokens;
    private int running;

    Reading read(Subject subject, Demand demand, boolean overBudget, long millis) {
        var perMinute = subject.requestsPerMinute();
        var tokensPerMinute = subject.tokensPerMinute();
        return new Reading(
                subject,
                perMinute == null ? null : requests().level(millis, perMinute, 1),
                tokensPerMinute == null ? null : tokens().level(millis, tokensPerMinute, demand.tokens()),
                running,
                overBudget);
    }

    /** @return the second that tokens were counted in */
    long charge(Subject subject, long wanted, long millis) {
        running++;
        if (subject.requestsPerMinute() != null) {
            requests().add(millis, 1);
        }
        return subject.tokensPerMinute() == null ? Long.MIN_VALUE : tokens().add(millis, wanted);
    }

    void settle(long millis, long second, long difference) {
        running--;
        if (tokens != null) {
            tokens.correct(millis, second, difference);
        }
    }

    boolean isIdle(long millis) {
        return running == 0
                && (requests == null || requests.isEmpty(millis))
                && (tokens == null || tokens.isEmpty(millis));
    }

    private Window requests() {
        if (requests == null) {
            requests = new Window();
        }
        return requests;
    }

    private Window tokens() {
        if (tokens == null) {
            tokens = new Window();
        }
        return tokens;
    }
}
