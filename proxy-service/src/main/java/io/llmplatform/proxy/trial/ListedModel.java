package io.llmplatform.proxy.trial;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A model as its provider lists it. Every provider tells something else beside the id; what is not told is absent.
 *
 * @param id            for {@code upstream_model}
 * @param contextWindow in tokens
 * @param maxOutput     in tokens
 * @param usedBy        names of the platform's models that have a deployment of it
 */
public record ListedModel(
        String id,
        @Nullable String name,
        @Nullable String description,
        @Nullable Long contextWindow,
        @Nullable Long maxOutput,
        List<String> usedBy) {
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 1000;

    /** @return null when it has no id that a deployment could carry */
    static @Nullable ListedModel of(JsonNode listed) {
        var id = text(listed, Integer.MAX_VALUE, "id", "name");
        if (id == null || id.isBlank() || id.length() > LONGEST_ID) {
            return null;
        }
        return new ListedModel(
                id.startsWith("models/") ? id.substring("models/".length()) : id, // Gemini's
                text(listed, LONGEST_NAME, "display_name", "displayName"),
                text(listed, LONGEST_DESCRIPTION, "description"),
                count(
                        listed,
                        "context_length",
                        "inputTokenLimit",
                        "max_model_len",
                        "context_window",
                        "max_input_tokens"),
                count(listed, "outputTokenLimit", "max_output_tokens", "max_completion_tokens", "max_tokens"),
                List.of());
    }

    ListedModel usedBy(List<String> models) {
        return new ListedModel(id, name, description, contextWindow, maxOutput, models);
    }

    private static @Nullable String text(JsonNode node, int longest, String... names) {
        for (var name : names) {
            var value = node.get(name);
            if (value != null && value.isString()) {
                var text = value.stringValue().strip();
                return text.length() <= longest ? text : text.substring(0, longest);
            }
        }
        return null;
    }

    private static @Nullable Long count(JsonNode node, String... names) {
        for (var name : names) {
            var value = node.get(name);
            if (value != null && value.canConvertToLong() && value.isIntegralNumber() && value.longValue() > 0) {
                return value.longValue();
            }
        }
        return null;
    }
}
