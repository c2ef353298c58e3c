package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What chat has no counterpart of. */
final class Refusals {
    private static final Set<String> KNOWN = Set.of(
            "model",
            "input",
            "instructions",
            "stream",
            "stream_options",
            "max_output_tokens",
            "max_tool_calls",
            "temperature",
            "top_p",
            "top_logprobs",
            "text",
            "reasoning",
            "tools",
            "tool_choice",
            "parallel_tool_calls",
            "include",
            "metadata",
            "store",
            "user",
            "safety_identifier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "prompt_cache_options",
            "service_tier",
            "truncation",
            "client_metadata",
            "background",
            "context_management",
            ResponsesToChat.RESOLVED);

    private Refusals() {}

    static void check(JsonNode request) throws UntranslatableException {
        for (var field : request.properties()) {
            var value = field.getValue();
            if (value.isNull()) {
                continue;
            }
            switch (field.getKey()) {
                case "previous_response_id" ->
                    throw new UntranslatableException(
                            field.getKey(), "Previous response with id '" + value.asString("") + "' not found.");
                case "conversation" ->
                    throw new UntranslatableException(
                            field.getKey(),
                            "Conversations are not available from this model's provider; send the items in 'input' or use"
                                    + " 'previous_response_id'.");
                case "prompt" ->
                    throw new UntranslatableException(
                            field.getKey(),
                            "Stored prompts are not available from this model's provider; send 'instructions' and 'input'.");
                default -> value(field.getKey(), value);
            }
        }
    }

    private static void value(String name, JsonNode value) throws UntranslatableException {
        if (!KNOWN.contains(name)) {
            throw new UntranslatableException(name, "Unknown parameter: '" + name + "'.");
        }
        if (name.equals("background") && value.asBoolean(true)) {
            throw new UntranslatableException(
                    name, "Background responses are not available from this model's provider; use 'stream'.");
        }
        if (name.equals("truncation") && !"disabled".equals(value.asString(""))) {
            throw new UntranslatableException(
                    name,
                    "Truncation '" + value.asString("")
                            + "' is not available from this model's provider; only 'disabled' is.");
        }
        if (name.equals("context_management") && !value.isEmpty()) {
            throw new UntranslatableException(name, "Context management is not available from this model's provider.");
        }
    }
}
