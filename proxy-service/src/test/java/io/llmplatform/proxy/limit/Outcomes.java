package io.llmplatform.proxy.limit;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Usage records of which only the money matters. */
final class Outcomes {
    private Outcomes() {}

    static UsageRecord of(String requestId, String key, String user, String team, String cost, Instant at) {
        return of(requestId, key, user, team, cost, at, Duration.ofMillis(5));
    }

    static UsageRecord of(
            String requestId, String key, String user, String team, String cost, Instant at, Duration took) {
        return new UsageRecord(
                requestId,
                at,
                user,
                team,
                key,
                "chat.completions",
                "gpt-4o",
                null,
                null,
                null,
                null,
                false,
                Outcome.COMPLETED,
                200,
                null,
                1,
                2,
                0,
                0,
                false,
                new BigDecimal(cost),
                "USD",
                took.toMillis(),
                null,
                1,
                null,
                null,
                null,
                null,
                null,
                "test");
    }
}
