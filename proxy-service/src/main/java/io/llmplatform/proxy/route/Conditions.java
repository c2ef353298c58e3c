package io.llmplatform.proxy.route;

import io.llmplatform.contracts.policy.Condition;
import org.jspecify.annotations.Nullable;

/** Whether a deployment is for a request. */
final class Conditions {
    private Conditions() {}

    /** The prompt is counted last, and only when it matters. An empty list restricts nothing. */
    static boolean hold(@Nullable Condition when, Ask ask) {
        return when == null || (endpointHolds(when, ask) && metadataHolds(when, ask) && tokensHold(when, ask));
    }

    private static boolean endpointHolds(Condition when, Ask ask) {
        var endpoints = when.endpoints();
        var stream = when.stream();
        return (endpoints == null
                        || endpoints.isEmpty()
                        || endpoints.contains(ask.operation().wire()))
                && (stream == null || stream == ask.stream());
    }

    private static boolean metadataHolds(Condition when, Ask ask) {
        var metadata = when.metadata();
        return metadata == null || ask.metadata().entrySet().containsAll(metadata.entrySet());
    }

    private static boolean tokensHold(Condition when, Ask ask) {
        var min = when.minPromptTokens();
        var max = when.maxPromptTokens();
        if (min == null && max == null) {
            return true;
        }
        long tokens = ask.promptTokens().getAsLong();
        return (min == null || tokens >= min) && (max == null || tokens <= max);
    }
}
