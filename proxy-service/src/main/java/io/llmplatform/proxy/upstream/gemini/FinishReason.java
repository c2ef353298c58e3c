package io.llmplatform.proxy.upstream.gemini;

import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Why Gemini stopped, in OpenAI's words. */
final class FinishReason {
    private static final Set<String> FAILURES = Set.of(
            "MALFORMED_FUNCTION_CALL",
            "MALFORMED_RESPONSE",
            "UNEXPECTED_TOOL_CALL",
            "TOO_MANY_TOOL_CALLS",
            "MISSING_THOUGHT_SIGNATURE");

    private FinishReason() {}

    /** Empty while a candidate is still going on. */
    static String of(JsonNode candidate) {
        return candidate.path("finishReason").stringValue("");
    }

    static boolean blocked(JsonNode answer) {
        return !answer.path("promptFeedback")
                .path("blockReason")
                .stringValue("")
                .isEmpty();
    }

    /**
     * Reasons that are neither an end nor a limit mean that something was withheld: {@code content_filter}.
     *
     * @throws IllegalArgumentException as {@link #demandAnswered}
     */
    static String toChat(String reason, boolean calls) {
        demandAnswered(reason);
        return switch (reason) {
            case "STOP" -> calls ? "tool_calls" : "stop";
            case "MAX_TOKENS" -> "length";
            default -> "content_filter";
        };
    }

    /** @throws IllegalArgumentException when the model failed to bring out a call: trying again helps, a made-up stop does not */
    static void demandAnswered(String reason) {
        if (FAILURES.contains(reason)) {
            throw new IllegalArgumentException("expected an answer, the model failed with " + reason);
        }
    }
}
