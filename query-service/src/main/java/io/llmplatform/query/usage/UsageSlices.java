package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The source of every sum: what was used, from the fewest rows that tell it. Days and months that are over are read as added up by
 * one dimension where no more than one is asked for, else as added up by series; the rest of the period comes from hours and single
 * requests.
 */
@Component
public class UsageSlices {
    private final JdbcClient jdbc;
    private final ClosedDays days;
    private final Map<Source, String> slices = new EnumMap<>(Source.class);

    UsageSlices(JdbcClient jdbc, ClosedDays days) {
        this.jdbc = jdbc;
        this.days = days;
        for (var source : Source.values()) {
            slices.put(source, SqlFile.read("usage-slices", "added_up", source.file));
        }
    }

    private enum Source {
        DAYS("usage-slices-days"),
        DAYS_BY("usage-slices-days-by"),
        HOURS_BY("usage-slices-hours-by"),
        MINUTES_BY("usage-slices-minutes-by"),
        PEOPLE("usage-slices-people"),
        PEOPLE_BY("usage-slices-people-by");

        private final String file;

        Source(String file) {
            this.file = file;
        }
    }

    /**
     * A statement that goes on after the common table expression {@code slice}, whose columns are {@code at}, {@code key}, {@code
     * outcome}, {@code currency} and sums. All answers of one snapshot need a transaction of the caller's.
     *
     * @param dimension the one whose value is {@code key}; null for none
     */
    public JdbcClient.StatementSpec sql(
            String rest, UsageFilter filter, Period period, @Nullable Dimension dimension, Grain grain) {
        var one = OneDimension.of(filter, dimension);
        boolean wholeDays = grain == Grain.DAY || grain == Grain.PERIOD;
        var span = Span.of(period, grain, one != null || wholeDays ? days : null);
        var source = one == null
                ? Source.DAYS
                : wholeDays ? Source.DAYS_BY : grain == Grain.MINUTE ? Source.MINUTES_BY : Source.HOURS_BY;
        return bind(jdbc.sql(slices.get(source) + "\n" + rest), filter, dimension, one, span);
    }

    /** The same, whose {@code slice} has the column {@code model} too. */
    public JdbcClient.StatementSpec withModels(
            String rest, UsageFilter filter, Period period, @Nullable Dimension dimension) {
        var span = Span.of(period, Grain.PERIOD, days);
        return bind(jdbc.sql(slices.get(Source.DAYS) + "\n" + rest), filter, dimension, null, span);
    }

    /**
     * The same by person up to the end given, whose {@code slice} has no sums. Of the days that are added up it tells, of each
     * person, the first and those from the given one on.
     */
    public JdbcClient.StatementSpec people(String rest, UsageFilter filter, Instant since, Instant to) {
        var one = OneDimension.of(filter, Dimension.USER_ID);
        var span = Span.of(new Period(Instant.EPOCH, to), Grain.DAY, days);
        var source = one == null ? Source.PEOPLE : Source.PEOPLE_BY;
        return bind(jdbc.sql(slices.get(source) + "\n" + rest), filter, Dimension.USER_ID, one, span)
                .param("since", Timestamp.from(since));
    }

    static JdbcClient.StatementSpec bind(
            JdbcClient.StatementSpec sql,
            UsageFilter filter,
            @Nullable Dimension dimension,
            @Nullable OneDimension one,
            Span span) {
        return span.bind(filter.bind(sql))
                .param("dimension", dimension == null ? null : dimension.wire())
                .param("by", one == null ? "" : one.wire())
                .param("by_key", one == null ? null : one.key());
    }
}
