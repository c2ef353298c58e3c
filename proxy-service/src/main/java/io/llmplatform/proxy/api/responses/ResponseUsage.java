package io.llmplatform.proxy.api.responses;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Token counts under the names they have here. */
final class ResponseUsage {
    private ResponseUsage() {}

    /** All zero where the provider counted none: clients take an end without usage for no end. */
    static ObjectNode of(@Nullable JsonNode chat) {
        var usage = chat == null ? Fields.object() : chat;
        long input = usage.path("prompt_tokens").asLong(0);
        long output = usage.path("completion_tokens").asLong(0);
        var out = Fields.object().put("input_tokens", input);
        var prompt = usage.path("prompt_tokens_details");
        out.putObject("input_tokens_details")
                .put("cached_tokens", prompt.path("cached_tokens").asLong(0))
                .put("cache_write_tokens", prompt.path("cache_creation_tokens").asLong(0));
        out.put("output_tokens", output);
        out.putObject("output_tokens_details")
                .put(
                        "reasoning_tokens",
                        usage.path("completion_tokens_details")
                                .path("reasoning_tokens")
                                .asLong(0));
        return out.put("total_tokens", usage.path("total_tokens").asLong(input + output));
    }
}
