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

    private static final Set<String> WITHHELD = Set.of(
            "SAFETY",
            "RECITATION",
            "LANGUAGE",
            "OTHER",
            "BLOCKLIST",
            "PROHIBITED_CONTENT",
            "SPII",
            "IMAGE_SAFETY",
            "IMAGE_PROHIBITED_CONTENT",
            "IMAGE_RECITATION",
            "IMAGE_OTHER");

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
     * Reasons that are neither an end nor a limit mean that something was withheld: {@code content_filter}. With a call that came
     * out all the same, a reason that nobody knows is the end of the turn: an agent must not lose it.
     *
     * @throws IllegalArgumentException as {@link #demandAnswered}
     */
    static String toChat(String reason, boolean calls) {
        demandAnswered(reason);
        return switch (reason) {
            case "STOP" -> calls ? "tool_calls" : "stop";
            case "MAX_TOKENS" -> "length";
            default -> calls && !WITHHELD.contains(reason) ? "tool_calls" : "content_filter";
        };
    }

    /** @throws IllegalArgumentException when the model failed to bring out a call: trying again helps, a made-up stop does not */
    static void demandAnswered(String reason) {
        if (FAILURES.contains(reason)) {
            throw new IllegalArgumentException("expected an answer, the model failed with " + reason);
        }
    }
}
