package io.llmplatform.command.model;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.policy.CacheRule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** In a body: for how long answers may be given again. */
record CacheInput(@Nullable Long ttlSeconds) {
    private static final long LONGEST = 604_800;

    static @Nullable CacheRule rule(@Nullable CacheInput input) {
        return input == null ? null : new CacheRule(Objects.requireNonNull(input.ttlSeconds));
    }

    static void check(FieldErrors errors, @Nullable CacheInput input) {
        if (input != null) {
            errors.present("cache.ttl_seconds", input.ttlSeconds)
                    .check(
                            input.ttlSeconds == null || (input.ttlSeconds >= 1 && input.ttlSeconds <= LONGEST),
                            "cache.ttl_seconds",
                            "expected 1 to " + LONGEST);
        }
    }
}
