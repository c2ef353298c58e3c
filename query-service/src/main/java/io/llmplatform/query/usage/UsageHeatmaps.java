package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.UsageHeatmap.Cell;
import io.llmplatform.query.web.RefusedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Puts usage into the hours of the week, by the clocks of a place. */
@Component
class UsageHeatmaps {
    private static final int DAYS = 7;
    private static final int HOURS = 24;
    private static final int SECONDS_PER_HOUR = 3600;

    /** Rows are read one by one where clocks are not whole hours off, and may be gone after the retention time. */
    private static final int MOST_DAYS_OF_ROWS = 92;

    private final UsageSlices slices;
    private final String quarters = SqlFile.read("usage-quarters");

    UsageHeatmaps(UsageSlices slices) {
        this.slices = slices;
    }

    /** @throws RefusedException 400 when there is no such time zone, or it is not whole hours off and the period long */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageHeatmap of(UsageFilter filter, Period period, String timeZone) {
        var zone = zone(timeZone);
        boolean rowsOnly = !wholeHours(zone, period);
        if (rowsOnly) {
            period.atMost(MOST_DAYS_OF_ROWS);
        }
        var sums = new Sums[DAYS * HOURS];
        Arrays.fill(sums, Sums.NONE);
        slices.sql(quarters, filter, period, null, rowsOnly ? Grain.REQUEST : Grain.HOUR)
                .query(row -> {
                    var local = row.getTimestamp("at").toInstant().atZone(zone);
                    int place = (local.getDayOfWeek().getValue() - 1) * HOURS + local.getHour();
                    sums[place] = sums[place].plus(Sums.read(row));
                });
        var cells = new ArrayList<Cell>(sums.length);
        for (int place = 0; place < sums.length; place++) {
            cells.add(new Cell(place / HOURS + 1, place % HOURS, sums[place]));
        }
        return new UsageHeatmap(zone.getId(), cells);
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw RefusedException.parameter("time_zone", "'" + text + "' (expected one such as Europe/Berlin)");
        }
    }

    /** Whether an hour of the roll-ups is an hour there throughout the period. */
    private static boolean wholeHours(ZoneId zone, Period period) {
        var rules = zone.getRules();
        for (@Nullable Instant at = period.from(); at != null && at.isBefore(period.to()); ) {
            if (rules.getOffset(at).getTotalSeconds() % SECONDS_PER_HOUR != 0) {
                return false;
            }
            var next = rules.nextTransition(at);
            at = next == null ? null : next.getInstant();
        }
        return true;
    }
}
