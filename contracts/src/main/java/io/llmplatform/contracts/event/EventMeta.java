package io.llmplatform.contracts.event;

import org.jspecify.annotations.Nullable;

/** Who, from where, with what, in which request, and why. */
public record EventMeta(
        Actor actor,
        @Nullable Personal ip,
        @Nullable Personal userAgent,
        @Nullable String requestId,
        @Nullable String reason) {}
