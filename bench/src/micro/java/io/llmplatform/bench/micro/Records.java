package io.llmplatform.bench.micro;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Instant;

/** A usage record as an ordinary chat request leaves it. */
final class Records {
    private Records() {}

    static UsageRecord completed(String requestId) {
        return new UsageRecord(
                requestId,
                Instant.parse("2026-01-01T00:00:00Z"),
                "user_01k9bench",
                null,
                "key_01k9bench",
                "chat.completions",
                "bench",
                "bench",
                "dep_01k9bench",
                "prov_01k9bench",
                "upstream",
                false,
                Outcome.COMPLETED,
                200,
                null,
                200,
                40,
                0,
                0,
                false,
                new BigDecimal("0.0009"),
                "USD",
                1,
                null,
                1,
                null,
                null,
                null,
                "127.0.0.1",
                "bench",
                "gateway");
    }
}
