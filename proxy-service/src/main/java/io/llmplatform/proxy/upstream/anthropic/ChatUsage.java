package io.llmplatform.proxy.upstream.anthropic;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tokens as Anthropic counts them. Cached ones are counted apart from {@code input} there, and as a part of the prompt
 * in chat.
 */
final class ChatUsage {
    private long input;
    private long cacheRead;
    private long cacheCreation;
    private long output;
    private long thinking = -1;

    /** Takes what is there and keeps the rest: in streams every count is the total so far. */
    void take(JsonNode usage) {
        input = count(usage.path("input_tokens"), input);
        cacheRead = count(usage.path("cache_read_input_tokens"), cacheRead);
        cacheCreation = count(usage.path("cache_creation_input_tokens"), cacheCreation);
        output = count(usage.path("output_tokens"), output);
        thinking = count(usage.path("output_tokens_details").path("thinking_tokens"), thinking);
    }

    /** Null says that there is nothing to tell, not that there were none. */
    private static long count(JsonNode told, long known) {
        return told.isIntegralNumber() ? told.longValue() : known;
    }

    void into(ObjectNode holder) {
        long prompt = input + cacheRead + cacheCreation;
        var usage = holder.putObject("usage");
        usage.put("prompt_tokens", prompt);
        usage.put("completion_tokens", output);
        usage.put("total_tokens", prompt + output);
        var details = usage.putObject("prompt_tokens_details").put("cached_tokens", cacheRead);
        if (cacheCreation > 0) {
            details.put("cache_creation_tokens", cacheCreation);
        }
        if (thinking >= 0) {
            usage.putObject("completion_tokens_details").put("reasoning_tokens", thinking);
        }
    }
}
