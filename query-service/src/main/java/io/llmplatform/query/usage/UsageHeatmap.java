package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** {@code UsageHeatmap} of the management API: every hour of the week, those without a request too. */
record UsageHeatmap(String timeZone, List<Cell> cells) {

    /**
     * @param weekday 1 for Monday to 7 for Sunday
     * @param hour    0 to 23, as the clocks of the time zone showed it
     */
    record Cell(int weekday, int hour, @JsonUnwrapped Sums sums) {}
}
