package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every field of a chat request is one that is carried over, or one that changes nothing the client can see, or refused. */
final class ChatFields {
    private static final Set<String> CARRIED = Set.of(
            "model",
            "messages",
            "stream",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "response_format",
            "reasoning_effort",
            "thinking",
            "temperature",
            "top_p",
            "top_k",
            "max_tokens",
            "max_completion_tokens",
            "stop",
            "seed",
            "n",
            "presence_penalty",
            "frequency_penalty",
            "logprobs",
            "top_logprobs");

    /** For the provider's caches, books and abuse watch; {@code stream_options} is for the pipeline. */
    private static final Set<String> HINTS = Set.of(
            "stream_options",
            "user",
            "metadata",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prediction");

    private ChatFields() {}

    static void check(ObjectNode chat) throws UntranslatableException {
        for (var field : chat.properties()) {
            var name = field.getKey();
            if (!absent(field.getValue())
                    && !CARRIED.contains(name)
                    && !HINTS.contains(name)
                    && !harmless(name, field.getValue())) {
                throw Shape.refused(name, "The parameter '" + name + "' with this value");
            }
        }
    }

    /** Fields that are harmless with the value that means what happens anyway. */
    private static boolean harmless(String name, JsonNode value) {
        return switch (name) {
            case "store" -> value.isBoolean() && !value.booleanValue();
            case "service_tier" -> isOne(value, Set.of("auto", "default"));
            case "verbosity" -> isOne(value, Set.of("medium"));
            case "modalities" -> value.isArray() && value.valueStream().allMatch(one -> isOne(one, Set.of("text")));
            case "logit_bias", "functions" -> value.isEmpty();
            default -> false;
        };
    }

    private static boolean isOne(JsonNode value, Set<String> names) {
        return value.isString() && names.contains(value.stringValue());
    }
}
