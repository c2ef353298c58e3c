package io.llmplatform.proxy.api.messages;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tokens in Anthropic's form, which counts cached ones apart. */
final class MessageUsage {
    private MessageUsage() {}

    /** What is known before the provider has told anything. */
    static void estimate(ObjectNode holder, long input, long output) {
        put(holder.putObject("usage"), input, 0, 0, output);
    }

    /** @param chat usage of a chat completion */
    static void told(ObjectNode holder, JsonNode chat) {
        var details = chat.path("prompt_tokens_details");
        // DeepSeek's older name behind the usual one.
        var cached = details.hasNonNull("cached_tokens")
                ? details.path("cached_tokens")
                : chat.path("prompt_cache_hit_tokens");
        long read = cached.asLong(0);
        long creation = details.path("cache_creation_tokens").asLong(0);
        long input = Math.max(0, chat.path("prompt_tokens").asLong(0) - read - creation);
        var usage = holder.putObject("usage");
        put(usage, input, creation, read, chat.path("completion_tokens").asLong(0));
        var thinking = chat.path("completion_tokens_details").path("reasoning_tokens");
        if (thinking.isIntegralNumber()) {
            usage.putObject("output_tokens_details").set("thinking_tokens", thinking);
        }
    }

    private static void put(ObjectNode usage, long input, long creation, long read, long output) {
        usage.put("input_tokens", input)
                .put("cache_creation_input_tokens", creation)
                .put("cache_read_input_tokens", read)
                .put("output_tokens", output);
    }
}
