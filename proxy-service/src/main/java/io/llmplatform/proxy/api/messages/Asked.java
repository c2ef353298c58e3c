package io.llmplatform.proxy.api.messages;

import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an answer needs to know of its request.
 *
 * @param promptTokens estimated, at least 1
 */
record Asked(String model, long promptTokens) {
    /** @param request for chat completions */
    static Asked of(ObjectNode request) {
        var estimate = new TokenEstimate();
        for (var message : request.path("messages").values()) {
            estimate.message();
            texts(message, estimate);
        }
        if (request.has("tools")) {
            estimate.text(request.path("tools").toString());
        }
        return new Asked(request.path("model").asString(""), Math.max(1, estimate.tokens()));
    }

    /** Of a message that a provider sent without telling usage. */
    static long tokens(JsonNode message) {
        var estimate = new TokenEstimate();
        texts(message, estimate);
        return estimate.tokens();
    }

    /** Images and files are left out: their length says nothing about their tokens. */
    private static void texts(JsonNode node, TokenEstimate estimate) {
        if (node.isString()) {
            estimate.text(node.stringValue());
        } else if (node.isArray()) {
            node.values().forEach(child -> texts(child, estimate));
        } else {
            node.properties().stream()
                    .filter(field -> switch (field.getKey()) {
                        case "role", "type", "id", "tool_call_id", "image_url", "file", "extra_content" -> false;
                        default -> true;
                    })
                    .map(Map.Entry::getValue)
                    .forEach(child -> texts(child, estimate));
        }
    }
}
