package io.llmplatform.proxy.api.responses;

import org.jspecify.annotations.Nullable;

/** Chat's reasons to stop. */
final class Finish {
    private Finish() {}

    /** Why the output is incomplete; null where it is not. */
    static @Nullable String incomplete(@Nullable String finishReason) {
        if (finishReason == null) {
            return null;
        }
        return switch (finishReason) {
            case "length" -> "max_output_tokens";
            case "content_filter" -> "content_filter";
            case "error" -> throw new IllegalArgumentException("a completion that ended in an error");
            default -> null;
        };
    }
}
