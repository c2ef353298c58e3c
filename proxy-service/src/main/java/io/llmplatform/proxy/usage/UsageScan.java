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
    private long imageInput;
    private long imageOutput;
    private long audioInput;
    private long audioOutput;
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
        boolean plain = cacheCreated + imageInput + imageOutput + audioInput + audioOutput == 0;
        var kinds = plain
                ? Tokens.Kinds.NONE
                : new Tokens.Kinds(cacheCreated, imageInput, imageOutput, audioInput, audioOutput);
        return new Tokens(input, completion, cached, reasoning, false, kinds);
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
            case "prompt_tokens_details", "input_tokens_details", "input_token_details" -> details(value, true);
            case "completion_tokens_details", "output_tokens_details", "output_token_details" -> details(value, false);
            default -> json.skipChildren();
        }
    }

    private void details(JsonToken at, boolean ofPrompt) {
        if (at != JsonToken.START_OBJECT) {
            long told = count(at);
            if (ofPrompt) {
                cached = Math.max(cached, told);
            } else {
                reasoning = told;
            }
            return;
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            var value = json.nextToken();
            if (ofPrompt) {
                ofPrompt(name, value);
            } else {
                ofCompletion(name, value);
            }
        }
    }

    private void ofPrompt(String name, JsonToken value) {
        switch (name) {
            case "cached_tokens" -> cached = Math.max(cached, count(value));
            // Not OpenAI's; several servers that sell Anthropic's models by OpenAI's API tell it so.
            case "cache_creation_tokens", "cache_write_tokens" -> cacheCreated = count(value);
            case "image_tokens" -> imageInput = count(value);
            case "audio_tokens" -> audioInput = count(value);
            default -> json.skipChildren();
        }
    }

    private void ofCompletion(String name, JsonToken value) {
        switch (name) {
            case "reasoning_tokens" -> reasoning = count(value);
            case "image_tokens" -> imageOutput = count(value);
            case "audio_tokens" -> audioOutput = count(value);
            default -> json.skipChildren();
        }
    }

    private long count(JsonToken at) {
        if (at == JsonToken.VALUE_NUMBER_INT) {
            return Math.clamp(json.getLongValue(), 0, Integer.MAX_VALUE);
        }
        json.skipChildren();
        return 0;
    }
}
