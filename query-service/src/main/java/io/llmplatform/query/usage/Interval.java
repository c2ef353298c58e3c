package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import io.llmplatform.query.web.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Length of the steps of a time series, in UTC. */
public enum Interval {
    MINUTE(ChronoUnit.MINUTES, Duration.ofHours(3)),
    HOUR(ChronoUnit.HOURS, Duration.ofDays(7)),
    DAY(ChronoUnit.DAYS, ChronoUnit.FOREVER.getDuration());

    /** More points than anybody can look at, and still a quick answer. */
    private static final int MOST_POINTS = 1_500;

    private final ChronoUnit unit;
    private final Duration defaultUpTo;

    Interval(ChronoUnit unit, Duration defaultUpTo) {
        this.unit = unit;
        this.defaultUpTo = defaultUpTo;
    }

    /** @throws RefusedException 400 when the period has too many of them */
    public static Interval of(@Nullable String wire, Period period) {
        var interval = wire == null
                ? Stream.of(values())
                        .filter(each -> period.length().compareTo(each.defaultUpTo) <= 0)
                        .findFirst()
                        .orElse(DAY)
                : valueOf(wire.toUpperCase(Locale.ROOT));
        if (interval.unit.between(period.from(), period.to()) >= MOST_POINTS) {
            throw RefusedException.parameter(
                    "interval",
                    "the period has more than " + MOST_POINTS + " intervals of one " + interval.wire()
                            + "; choose a longer interval or a shorter period");
        }
        return interval;
    }

    /** The starts of the intervals that touch the period. */
    public List<Instant> starts(Period period) {
        return Stream.iterate(period.from().truncatedTo(unit), at -> at.isBefore(period.to()), at -> at.plus(1, unit))
                .toList();
    }

    public Grain grain() {
        return switch (this) {
            case MINUTE -> Grain.MINUTE;
            case HOUR -> Grain.HOUR;
            case DAY -> Grain.DAY;
        };
    }

    /** When the interval that begins then is over. */
    public Instant end(Instant start) {
        return start.plus(1, unit);
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
