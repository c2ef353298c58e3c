package io.llmplatform.query.usage;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.web.RefusedException;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was used. A member sees their own usage only, a manager that of their teams too. */
@RestController
@RequestMapping("/api/admin/v1/usage")
class UsageController {
    private final UsageAnalytics analytics;
    private final UsageBreakdowns breakdowns;
    private final UsageHeatmaps heatmaps;
    private final Clock clock;

    UsageController(UsageAnalytics analytics, UsageBreakdowns breakdowns, UsageHeatmaps heatmaps, Clock clock) {
        this.analytics = analytics;
        this.breakdowns = breakdowns;
        this.heatmaps = heatmaps;
        this.clock = clock;
    }

    @GetMapping("/summary")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageSummary summary(UsageFilter filter, Period period) {
        return analytics.summary(filter, period);
    }

    @GetMapping("/timeseries")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageTimeseries timeseries(
            Person person,
            UsageFilter filter,
            Period period,
            @RequestParam @Nullable String interval,
            @RequestParam(name = "group_by") @Nullable String groupBy) {
        return analytics.timeseries(filter, period, Interval.of(interval, period), Dimension.of(groupBy, person));
    }

    @GetMapping("/breakdown")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageBreakdown breakdown(
            Person person,
            UsageFilter filter,
            Period period,
            @RequestParam(defaultValue = "model") String dimension,
            @RequestParam(defaultValue = "requests") String by,
            @RequestParam(defaultValue = "10") int limit) {
        var seen = Objects.requireNonNull(Dimension.of(dimension, person));
        return breakdowns.of(filter, period, seen, by, limit);
    }

    @GetMapping("/compare")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageComparison compare(
            UsageFilter filter,
            Period period,
            @RequestParam(name = "previous_from") @Nullable String from,
            @RequestParam(name = "previous_to") @Nullable String to) {
        if ((from == null) != (to == null)) {
            throw RefusedException.parameter(
                    from == null ? "previous_from" : "previous_to", "the other period needs both ends");
        }
        return analytics.compare(filter, period, from == null ? period.before() : Period.of(from, to, clock.instant()));
    }

    @GetMapping("/heatmap")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageHeatmap heatmap(
            UsageFilter filter,
            Period period,
            @RequestParam(name = "time_zone", defaultValue = "UTC") String timeZone) {
        return heatmaps.of(filter, period, timeZone);
    }
}
