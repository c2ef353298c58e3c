package io.llmplatform.query.usage;

import io.llmplatform.contracts.http.Role;
import io.llmplatform.query.access.Allowed;
import io.llmplatform.query.access.Person;
import io.llmplatform.query.page.Page;
import java.time.Clock;
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
    private final UsageRequests requests;
    private final Clock clock;

    UsageController(UsageAnalytics analytics, UsageRequests requests, Clock clock) {
        this.analytics = analytics;
        this.requests = requests;
        this.clock = clock;
    }

    @GetMapping("/summary")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageSummary summary(
            Person person,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(name = "user_id") @Nullable String userId,
            @RequestParam(name = "team_id") @Nullable String teamId,
            @RequestParam(name = "api_key_id") @Nullable String apiKeyId,
            @RequestParam @Nullable String endpoint,
            @RequestParam @Nullable String model,
            @RequestParam @Nullable String deployment,
            @RequestParam @Nullable String outcome) {
        var filter = new UsageFilter(userId, teamId, apiKeyId, endpoint, model, deployment, outcome).seenBy(person);
        return analytics.summary(filter, Period.of(from, to, clock.instant()));
    }

    @GetMapping("/timeseries")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    UsageTimeseries timeseries(
            Person person,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(name = "user_id") @Nullable String userId,
            @RequestParam(name = "team_id") @Nullable String teamId,
            @RequestParam(name = "api_key_id") @Nullable String apiKeyId,
            @RequestParam @Nullable String endpoint,
            @RequestParam @Nullable String model,
            @RequestParam @Nullable String deployment,
            @RequestParam @Nullable String outcome,
            @RequestParam @Nullable String interval,
            @RequestParam(name = "group_by") @Nullable String groupBy) {
        var filter = new UsageFilter(userId, teamId, apiKeyId, endpoint, model, deployment, outcome).seenBy(person);
        var period = Period.of(from, to, clock.instant());
        return analytics.timeseries(filter, period, Interval.of(interval, period), groupBy);
    }

    @GetMapping("/requests")
    @Allowed({Role.ADMIN, Role.AUDITOR, Role.MANAGER, Role.MEMBER})
    Page<UsageRequest> requests(
            Person person,
            @RequestParam @Nullable String from,
            @RequestParam @Nullable String to,
            @RequestParam(name = "request_id") @Nullable String requestId,
            @RequestParam(name = "user_id") @Nullable String userId,
            @RequestParam(name = "team_id") @Nullable String teamId,
            @RequestParam(name = "api_key_id") @Nullable String apiKeyId,
            @RequestParam @Nullable String endpoint,
            @RequestParam @Nullable String model,
            @RequestParam @Nullable String deployment,
            @RequestParam @Nullable String outcome,
            @RequestParam @Nullable Integer status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        var filter = new UsageFilter(userId, teamId, apiKeyId, endpoint, model, deployment, outcome).seenBy(person);
        return requests.find(filter, person, requestId, status, from, to, limit, cursor);
    }
}
