package io.llmplatform.proxy.limit;

import io.llmplatform.proxy.limit.RateState.Rate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what was read of all subjects of a demand. */
final class Verdict {
    private Verdict() {}

    /** The denial that takes longest to give way, or null when the demand fits everywhere. */
    static Admission.@Nullable Denied denial(Demand demand, List<Reading> readings) {
        Admission.Denied worst = null;
        for (var reading : readings) {
            var denied = reading.denial(demand);
            if (denied != null && (worst == null || lasts(denied).compareTo(lasts(worst)) > 0)) {
                worst = denied;
            }
        }
        return worst == null
                ? null
                : new Admission.Denied(
                        worst.subject(), worst.reason(), worst.retryAfter(), rates(readings, 0, 0, Duration.ZERO));
    }

    private static Duration lasts(Admission.Denied denied) {
        var retryAfter = denied.retryAfter();
        return retryAfter == null ? Duration.ofDays(1) : retryAfter;
    }

    /** @param reset of a window that the charge has just been counted in */
    static @Nullable RateState granted(Demand demand, List<Reading> readings, Duration reset) {
        return rates(readings, 1, demand.tokens(), reset);
    }

    private static @Nullable RateState rates(List<Reading> readings, long requests, long tokens, Duration reset) {
        Rate ofRequests = null;
        Rate ofTokens = null;
        for (var reading : readings) {
            var subject = reading.subject();
            ofRequests = tighter(ofRequests, subject.requestsPerMinute(), reading.requests(), requests, reset);
            ofTokens = tighter(ofTokens, subject.tokensPerMinute(), reading.tokens(), tokens, reset);
        }
        return ofRequests == null && ofTokens == null ? null : new RateState(ofRequests, ofTokens);
    }

    private static @Nullable Rate tighter(
            @Nullable Rate best, @Nullable Long limit, Window.@Nullable Level level, long charged, Duration reset) {
        if (limit == null || level == null) {
            return best;
        }
        long remaining = Math.max(0, limit - level.used() - charged);
        return best != null && best.remaining() <= remaining
                ? best
                : new Rate(limit, remaining, charged > 0 ? reset : Duration.ofMillis(level.resetMillis()));
    }
}
