package io.llmplatform.query.usage.behaviour;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.usage.Dimension;
import io.llmplatform.query.usage.Interval;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How people use it, and when that is not as usual. */
@RestController
@RequestMapping("/api/admin/v1/usage")
class BehaviourController {
    private static final int MOST_DAYS = 366;

    /** The weeks before are read too. */
    private static final int MOST_DAYS_OF_HOURS = 31;

    private final Activities activities;
    private final Anomalies anomalies;

    BehaviourController(Activities activities, Anomalies anomalies) {
        this.activities = activities;
        this.anomalies = anomalies;
    }

    @GetMapping("/activity")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageActivity activity(UsageFilter filter, Period period, @RequestParam(defaultValue = "20") int limit) {
        return activities.of(filter, period.atMost(MOST_DAYS), limit);
    }

    @GetMapping("/anomalies")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageAnomalies anomalies(
            Person person,
            UsageFilter filter,
            Period period,
            @RequestParam @Nullable String interval,
            @RequestParam(name = "group_by") @Nullable String groupBy,
            @RequestParam(defaultValue = "4") int width) {
        var step = Interval.of(interval == null ? "hour" : interval, period.atMost(MOST_DAYS));
        if (step == Interval.HOUR) {
            period.atMost(MOST_DAYS_OF_HOURS);
        }
        return anomalies.of(filter, period, step, Dimension.of(groupBy, person), width);
    }
}
