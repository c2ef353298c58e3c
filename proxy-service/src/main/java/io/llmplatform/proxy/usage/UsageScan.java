package io.llmplatform.proxy.usage;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a {@code usage} object, as OpenAI's APIs or Anthropic's write it, from a parser that stands on its opening brace. */
public final class UsageScan {
    private final JsonParser json;
    private long prompt;
    private long completion;
    private long total;
    private long cached;
    private long cacheCreated;
    private long reasoning;
    private boolean anthropic;

    private UsageScan(JsonParser json) {
        this.json = json;
    }

    /** Leaves the parser on the closing brace. Fields of a wrong type count as absent. */
    public static Tokens read(JsonParser json) {
        return new UsageScan(json).run();
    }

    private Tokens run() {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            field(json.currentName(), json.nextToken());
        }
        if (prompt == 0 && completion == 0) {
            prompt = total;
        }
        // Anthropic's input_tokens are those that the cache had no part in.
        long input = anthropic ? prompt + cached + cacheCreated : prompt;
        return new Tokens(input, completion, cached, reasoning, false);
    }

    private void field(String name, JsonToken value) {
        switch (name) {
            case "prompt_tokens", "input_tokens" -> prompt = count(value);
            case "completion_tokens", "output_tokens" -> completion = count(value);
            case "total_tokens" -> total = count(value);
            case "prompt_cache_hit_tokens" -> cached = Math.max(cached, count(value));
            case "cache_read_input_tokens" -> {
                anthropic = true;
                cached = Math.max(cached, count(value));
            }
            case "cache_creation_input_tokens" -> {
                anthropic = true;
                cacheCreated = count(value);
            }
            case "prompt_tokens_details", "input_tokens_details", "input_token_details" ->
                cached = Math.max(cached, detail(value, "cached_tokens"));
            case "completion_tokens_details", "output_tokens_details", "output_token_details" ->
                reasoning = detail(value, "reasoning_tokens");
            default -> json.skipChildren();
        }
    }

    private long detail(JsonToken at, String wanted) {
        if (at != JsonToken.START_OBJECT) {
            return count(at);
        }
        long found = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean match = wanted.equals(json.currentName());
            var value = json.nextToken();
            if (match) {
                found = count(value);
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private long count(JsonToken at) {
        if (at == JsonToken.VALUE_NUMBER_INT) {
            return Math.clamp(json.getLongValue(), 0, Integer.MAX_VALUE);
        }
        json.skipChildren();
        return 0;
    }
}
