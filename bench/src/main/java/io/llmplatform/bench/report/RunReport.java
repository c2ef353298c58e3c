package io.llmplatform.bench.report;

import io.llmplatform.bench.contender.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All of one run; the Markdown is made from this.
 *
 * @param date   UTC, ISO 8601, when it began
 * @param quick  a smoke test: too short to be quoted
 * @param usage  null when our gateway was not among the targets
 * @param soak   null when none was asked for
 */
public record RunReport(
        String date,
        boolean quick,
        int rounds,
        Machine machine,
        List<TargetInfo> targets,
        List<Sample> samples,
        @Nullable UsageCheck usage,
        @Nullable Soak soak) {

    /** Whether our own gateway, where it was asked for, was there and recorded every answer. */
    public boolean sound() {
        return (usage == null || usage.nothingLost())
                && targets.stream()
                        .noneMatch(target -> target.name().equals(Targets.OURS) && target.notMeasured() != null);
    }

    /**
     * Whether every request that a client saw answered has its usage record.
     *
     * @param answered  answers that the clients counted
     * @param cutOff    requests that may have been under way when a load ended, at most; their records come on top
     * @param recorded  records that the read side shows for the key of the run
     * @param completed of these, the ones that went out whole
     * @param caughtUpMillis from the start of the read side until it had all
     * @param failure        why they could not be counted; the last three are 0 then
     */
    public record UsageCheck(
            long answered,
            long cutOff,
            long recorded,
            long completed,
            long caughtUpMillis,
            @Nullable String failure) {
        public boolean nothingLost() {
            return failure == null && recorded >= answered && recorded <= answered + cutOff;
        }
    }
}
