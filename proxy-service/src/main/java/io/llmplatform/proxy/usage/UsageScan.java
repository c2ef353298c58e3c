package io.llmplatform.proxy.usage;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads an OpenAI {@code usage} object from a parser that stands on its opening brace. */
public final class UsageScan {
    private UsageScan() {}

    /** Leaves the parser on the closing brace. Fields of a wrong type count as absent. */
    public static Tokens read(JsonParser json) {
        long prompt = 0;
        long completion = 0;
        long cached = 0;
        long reasoning = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            var value = json.nextToken();
            switch (name) {
                case "prompt_tokens" -> prompt = count(json, value);
                case "completion_tokens" -> completion = count(json, value);
                case "prompt_cache_hit_tokens" -> cached = Math.max(cached, count(json, value));
                case "prompt_tokens_details" -> cached = Math.max(cached, detail(json, value, "cached_tokens"));
                case "completion_tokens_details" -> reasoning = detail(json, value, "reasoning_tokens");
                default -> json.skipChildren();
            }
        }
        return new Tokens(prompt, completion, cached, reasoning, false);
    }

    private static long detail(JsonParser json, JsonToken at, String wanted) {
        if (at != JsonToken.START_OBJECT) {
            return count(json, at);
        }
        long found = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean match = wanted.equals(json.currentName());
            var value = json.nextToken();
            if (match) {
                found = count(json, value);
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private static long count(JsonParser json, JsonToken at) {
        if (at == JsonToken.VALUE_NUMBER_INT) {
            return Math.clamp(json.getLongValue(), 0, Integer.MAX_VALUE);
        }
        json.skipChildren();
        return 0;
    }
}
