package io.llmplatform.query.usage;

import io.llmplatform.query.web.Instants;
import io.llmplatform.query.web.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** A half-open span of time, {@code from} inclusive, {@code to} exclusive. */
public record Period(Instant from, Instant to) {
    private static final Duration DEFAULT = Duration.ofHours(24);

    /**
     * What the parameters say; without {@code to} until now, without {@code from} the 24 hours before {@code to}.
     *
     * @throws RefusedException 400 when it would be empty
     */
    public static Period of(@Nullable String from, @Nullable String to, Instant now) {
        var end = to == null ? now : Instants.parse(to);
        var start = from == null ? end.minus(DEFAULT) : Instants.parse(from);
        if (!start.isBefore(end)) {
            throw RefusedException.parameter("from", "must be before to (" + end + ")");
        }
        return new Period(start, end);
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** The one of the same length that ends where this one begins. */
    Period before() {
        return new Period(from.minus(length()), from);
    }

    /**
     * @throws RefusedException 400 when it is longer
     */
    public Period atMost(int days) {
        if (length().compareTo(Duration.ofDays(days)) > 0) {
            throw RefusedException.parameter("from", "must be at most " + days + " days before to (" + to + ")");
        }
        return this;
    }

    /** Where roll-ups can begin: the first whole hour. */
    public Instant firstHour() {
        var floor = from.truncatedTo(ChronoUnit.HOURS);
        return floor.equals(from) ? from : floor.plus(1, ChronoUnit.HOURS);
    }

    /** Where roll-ups must end. Before {@link #firstHour()} when there is no whole hour in between. */
    public Instant lastHour() {
        return to.truncatedTo(ChronoUnit.HOURS);
    }
}
