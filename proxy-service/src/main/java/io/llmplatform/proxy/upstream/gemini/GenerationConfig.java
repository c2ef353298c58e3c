package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a chat request that steer sampling and the form of the answer. */
final class GenerationConfig {
    /** The same numbers under other names. */
    private static final Map<String, String> RENAMED = Map.of(
            "temperature", "temperature",
            "top_p", "topP",
            "top_k", "topK",
            "presence_penalty", "presencePenalty",
            "frequency_penalty", "frequencyPenalty");

    private GenerationConfig() {}

    static ObjectNode of(ObjectNode chat, GeminiModel model) throws UntranslatableException {
        var config = Shape.JSON.createObjectNode();
        RENAMED.forEach((name, gemini) -> {
            if (!absent(chat.get(name))) {
                config.set(gemini, chat.get(name));
            }
        });
        limits(chat, config);
        seed(chat, config);
        logprobs(chat, config);
        form(chat, config);
        var thinking = Thinking.of(chat, model);
        if (thinking != null) {
            config.set("thinkingConfig", thinking);
        }
        return config;
    }

    private static void limits(ObjectNode chat, ObjectNode config) throws UntranslatableException {
        var limit =
                absent(chat.get("max_completion_tokens")) ? chat.get("max_tokens") : chat.get("max_completion_tokens");
        if (!absent(limit)) {
            config.set("maxOutputTokens", limit);
        }
        var stop = chat.get("stop");
        if (!absent(stop)) {
            if (stop.isString()) {
                config.putArray("stopSequences").add(stop);
            } else if (!Shape.array(stop, "stop").isEmpty()) {
                config.set("stopSequences", stop);
            }
        }
        var choices = chat.get("n");
        if (!absent(choices) && !Shape.isInt(choices, 1)) {
            config.set("candidateCount", choices);
        }
    }

    /** Gemini's seeds have 32 bits: a longer one is folded, always the same way, which is all that a seed promises. */
    private static void seed(ObjectNode chat, ObjectNode config) throws UntranslatableException {
        var seed = chat.get("seed");
        if (absent(seed)) {
            return;
        }
        if (!seed.isIntegralNumber() || !seed.canConvertToLong()) {
            throw new UntranslatableException("seed", "Expected a whole number of 64 bits in 'seed'.");
        }
        config.put("seed", seed.canConvertToInt() ? seed.intValue() : Long.hashCode(seed.longValue()));
    }

    private static void logprobs(ObjectNode chat, ObjectNode config) throws UntranslatableException {
        boolean wanted = chat.path("logprobs").asBoolean(false);
        if (wanted) {
            config.put("responseLogprobs", true);
        }
        var top = chat.get("top_logprobs");
        if (!absent(top) && !Shape.isInt(top, 0)) {
            if (!wanted) {
                throw new UntranslatableException("top_logprobs", "'top_logprobs' needs 'logprobs' to be true.");
            }
            config.set("logprobs", top);
        }
    }

    private static void form(ObjectNode chat, ObjectNode config) throws UntranslatableException {
        if (absent(chat.get("response_format"))) {
            return;
        }
        var format = Shape.object(chat.get("response_format"), "response_format");
        var type = Shape.text(format.get("type"), "response_format.type");
        switch (type) {
            case "text" -> {}
            case "json_object" -> config.put("responseMimeType", "application/json");
            case "json_schema" -> {
                config.put("responseMimeType", "application/json");
                var param = "response_format.json_schema";
                var schema = Shape.object(format.get("json_schema"), param).get("schema");
                if (!absent(schema)) {
                    config.set("responseSchema", SchemaCleaner.ordered(schema, param + ".schema"));
                }
            }
            default -> throw Shape.refused("response_format.type", "The response format '" + type + "'");
        }
    }
}
