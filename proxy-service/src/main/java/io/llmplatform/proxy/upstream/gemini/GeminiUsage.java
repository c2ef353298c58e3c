package io.llmplatform.proxy.upstream.gemini;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code usageMetadata} as {@code usage}: thoughts are part of the completion there, beside it here. */
final class GeminiUsage {
    private GeminiUsage() {}

    static ObjectNode toChat(JsonNode metadata) {
        long prompt = count(metadata, "promptTokenCount") + count(metadata, "toolUsePromptTokenCount");
        long thoughts = count(metadata, "thoughtsTokenCount");
        long total = count(metadata, "totalTokenCount");
        // Some answers tell the total and leave the candidates out.
        long completion = metadata.has("candidatesTokenCount")
                ? count(metadata, "candidatesTokenCount") + thoughts
                : Math.max(thoughts, total - prompt);
        var usage = Shape.JSON
                .createObjectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion);
        usage.putObject("prompt_tokens_details").put("cached_tokens", count(metadata, "cachedContentTokenCount"));
        usage.putObject("completion_tokens_details").put("reasoning_tokens", thoughts);
        return usage;
    }

    private static long count(JsonNode metadata, String name) {
        var count = metadata.path(name);
        return count.isIntegralNumber() && count.canConvertToLong()
                ? Math.clamp(count.longValue(), 0, Integer.MAX_VALUE)
                : 0;
    }
}
