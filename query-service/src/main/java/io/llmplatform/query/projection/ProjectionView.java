package io.llmplatform.query.projection;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code Projection} of the management API. */
record ProjectionView(
        String name,
        int version,
        String state,
        @Nullable String detail,
        long position,
        @Nullable Long lag,
        Instant seenAt,
        long parked,
        BuildView live,
        @Nullable BuildView building,
        @Nullable BuildView retired) {

    /** {@code ProjectionBuild} of the management API. */
    record BuildView(
            int build,
            int version,
            String state,
            @Nullable String detail,
            @Nullable String swap,
            @Nullable Long records,
            @Nullable Long lag,
            @Nullable Double progress,
            @Nullable Double recordsPerSecond,
            @Nullable Long etaSeconds,
            @Nullable Instant startedAt,
            @Nullable Instant caughtUpAt,
            @Nullable Instant swappedAt,
            @Nullable JsonNode comparison) {}
}
