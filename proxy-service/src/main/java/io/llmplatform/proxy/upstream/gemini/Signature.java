package io.llmplatform.proxy.upstream.gemini;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Gemini's sealed thoughts. Towards clients they stand in {@code extra_content.google.thought_signature} of a tool call, or
 * of the message where they belong to its text; there Google's own OpenAI-compatible endpoint has them too.
 */
final class Signature {
    /** Google's documented stand-in for calls that came from elsewhere or lost theirs: without one the request fails. */
    static final String NOT_FROM_GEMINI = "skip_thought_signature_validator";

    private Signature() {}

    /** @param holder a chat message or tool call */
    static @Nullable String of(JsonNode holder) {
        var signature = holder.path("extra_content").path("google").path("thought_signature");
        return signature.isString() && !signature.stringValue().isEmpty() ? signature.stringValue() : null;
    }

    static void onPart(ObjectNode part, @Nullable String signature) {
        if (signature != null) {
            part.put("thoughtSignature", signature);
        }
    }

    static void onChat(ObjectNode holder, @Nullable String signature) {
        if (signature != null) {
            holder.putObject("extra_content").putObject("google").put("thought_signature", signature);
        }
    }
}
