package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.translate.Origin;
import tools.jackson.databind.node.ObjectNode;

/**
 * What every answer and chunk of one request begins with, and the ids in it.
 *
 * @param model said where Gemini does not tell its version
 */
record AnswerHead(Origin origin, String model) {
    ObjectNode begin(String object, String version) {
        return Shape.JSON
                .createObjectNode()
                .put("id", "chatcmpl-" + bareId())
                .put("object", object)
                .put("created", origin.created())
                .put("model", version.isEmpty() ? model : version);
    }

    /** @param ordinal counted through all choices of one answer */
    String callId(int ordinal) {
        return "call_" + bareId() + "_" + ordinal;
    }

    private String bareId() {
        var id = origin.requestId();
        return id.startsWith("req_") ? id.substring("req_".length()) : id;
    }
}
