package io.llmplatform.command.policy;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.policy.Limits;
import org.jspecify.annotations.Nullable;

/** Limits in a body. */
public record LimitsInput(
        @Nullable Long requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Long concurrency) {
    private static final long MOST_PER_MINUTE = 1_000_000_000;
    private static final long MOST_AT_A_TIME = 1_000_000;

    /** Absent when nothing is limited. */
    public static @Nullable Limits limits(@Nullable LimitsInput input) {
        if (input == null || input.equals(new LimitsInput(null, null, null))) {
            return null;
        }
        var atATime = input.concurrency == null ? null : Integer.valueOf(Math.toIntExact(input.concurrency));
        return new Limits(input.requestsPerMinute, input.tokensPerMinute, atATime);
    }

    public static void check(FieldErrors errors, String field, @Nullable LimitsInput input) {
        if (input != null) {
            bound(errors, field + ".requests_per_minute", input.requestsPerMinute, MOST_PER_MINUTE);
            bound(errors, field + ".tokens_per_minute", input.tokensPerMinute, MOST_PER_MINUTE);
            bound(errors, field + ".concurrency", input.concurrency, MOST_AT_A_TIME);
        }
    }

    private static void bound(FieldErrors errors, String field, @Nullable Long value, long most) {
        errors.check(value == null || (value >= 1 && value <= most), field, "expected 1 to " + most);
    }
}
