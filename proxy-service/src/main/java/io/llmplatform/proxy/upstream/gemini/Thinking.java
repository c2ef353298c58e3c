package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.translate.UntranslatableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code reasoning_effort}, or Anthropic's {@code thinking} where a request came from there, as {@code thinkingConfig}. The
 * budgets are the ones Google's own OpenAI-compatible endpoint uses.
 */
final class Thinking {
    private Thinking() {}

    static @Nullable ObjectNode of(ObjectNode chat, GeminiModel model) throws UntranslatableException {
        var thinking = chat.get("thinking");
        if (!absent(thinking)) {
            return budgeted(Shape.object(thinking, "thinking"), model);
        }
        var effort = chat.get("reasoning_effort");
        return absent(effort) ? null : effort(Shape.text(effort, "reasoning_effort"), model);
    }

    private static ObjectNode effort(String effort, GeminiModel model) throws UntranslatableException {
        var config = Shape.JSON.createObjectNode();
        if (effort.equals("none")) {
            if (model.alwaysThinks()) {
                throw new UntranslatableException(
                        "reasoning_effort", "Reasoning cannot be switched off for model '" + model.name() + "'.");
            }
            return config.put("thinkingBudget", 0);
        }
        config.put("includeThoughts", true);
        return model.thinksInLevels()
                ? config.put("thinkingLevel", level(effort, model))
                : config.put("thinkingBudget", budget(effort));
    }

    private static String level(String effort, GeminiModel model) throws UntranslatableException {
        return switch (effort) {
            case "minimal" -> model.pro() ? "low" : "minimal";
            case "low" -> "low";
            case "medium" -> model.firstPro() ? "high" : "medium";
            case "high", "xhigh", "max" -> "high";
            default -> throw unknown(effort);
        };
    }

    private static int budget(String effort) throws UntranslatableException {
        return switch (effort) {
            case "minimal", "low" -> 1024;
            case "medium" -> 8192;
            case "high", "xhigh", "max" -> 24_576;
            default -> throw unknown(effort);
        };
    }

    private static UntranslatableException unknown(String effort) {
        return new UntranslatableException("reasoning_effort", "The reasoning effort '" + effort + "' is unknown.");
    }

    private static ObjectNode budgeted(JsonNode thinking, GeminiModel model) throws UntranslatableException {
        var config = Shape.JSON.createObjectNode();
        var type = Shape.text(thinking.get("type"), "thinking.type");
        switch (type) {
            // A model that always thinks does so unseen: the client gets what it asked for, an answer without thoughts.
            case "disabled" -> {
                config.put("includeThoughts", false);
                if (!model.alwaysThinks()) {
                    config.put("thinkingBudget", 0);
                }
            }
            case "adaptive" -> config.put("includeThoughts", true);
            case "enabled" -> {
                config.put("includeThoughts", true);
                var budget = thinking.get("budget_tokens");
                if (!absent(budget)) {
                    config.set("thinkingBudget", budget);
                }
            }
            default ->
                throw new UntranslatableException("thinking.type", "The kind of thinking '" + type + "' is unknown.");
        }
        return config;
    }
}
