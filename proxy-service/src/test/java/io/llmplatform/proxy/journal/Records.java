package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;

/** Usage records of which little matters to a journal. */
final class Records {
    private Records() {}

    static UsageRecord record(String id, Outcome outcome) {
        return record(id, outcome, BigDecimal.ZERO);
    }

    static UsageRecord record(String id, Outcome outcome, BigDecimal cost) {
        return new UsageRecord(
                id,
                Instant.parse("2026-11-22T10:00:00Z"),
                "usr_1",
                null,
                "key_1",
                "chat.completions",
                "gpt-4o",
                null,
                null,
                null,
                null,
                false,
                outcome,
                200,
                null,
                1,
                2,
                0,
                0,
                false,
                cost,
                "USD",
                5,
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
