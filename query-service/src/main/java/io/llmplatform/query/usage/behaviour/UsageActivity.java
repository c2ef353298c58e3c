package io.llmplatform.query.usage.behaviour;

import io.llmplatform.query.usage.Period;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code UsageActivity} of the management API. Days, weeks (from Monday) and months are those of UTC.
 *
 * @param activeUsers how many used something in the period
 * @param newUsers    how many of them for the first time ever
 * @param cohorts     by the week of first use
 * @param users       those who asked most
 */
record UsageActivity(
        Period period,
        int activeUsers,
        int newUsers,
        List<Active> days,
        List<Active> weeks,
        List<Active> months,
        List<Cohort> cohorts,
        List<User> users) {

    /** @param from first day of the day, week or month; what of it is outside of the period is not counted */
    record Active(LocalDate from, int users, int newUsers) {}

    /** @param active how many of them were active in that week, in the one after, and so on up to the end of the period */
    record Cohort(LocalDate week, int users, List<Integer> active) {}

    record User(
            String userId,
            @Nullable String username,
            long requests,
            LocalDate firstUsed,
            LocalDate lastUsed,
            List<Model> models) {}

    record Model(@Nullable String model, long requests) {}
}
