package io.llmplatform.proxy.api.completions;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The chat request of a prompt. */
final class PromptRequest {
    private static final Set<String> SAME = Set.of(
            "model",
            "max_tokens",
            "temperature",
            "top_p",
            "n",
            "stop",
            "seed",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias");

    /** Change nothing that the client could see. */
    private static final Set<String> HINTS = Set.of("user", "stream_options", "metadata");

    private PromptRequest() {}

    static ObjectNode toChat(ObjectNode request) throws UntranslatableException {
        var chat = JsonNodeFactory.instance.objectNode();
        chat.set("model", request.path("model"));
        chat.putArray("messages").addObject().put("role", "user").put("content", prompt(request.path("prompt")));
        for (var field : request.properties()) {
            var name = field.getKey();
            var value = field.getValue();
            if (SAME.contains(name)) {
                if (!value.isNull()) {
                    chat.set(name, value);
                }
            } else {
                check(name, value, request);
            }
        }
        if (request.path("stream").asBoolean(false)) {
            chat.put("stream", true).putObject("stream_options").put("include_usage", true);
        }
        return chat;
    }

    private static String prompt(JsonNode prompt) throws UntranslatableException {
        var one = prompt.isArray() && prompt.size() == 1 ? prompt.get(0) : prompt;
        if (one.isString()) {
            return one.stringValue();
        }
        if (prompt.isMissingNode() || prompt.isNull()) {
            throw new UntranslatableException("prompt", "You must provide a 'prompt'.");
        }
        throw new UntranslatableException(
                "prompt", "This model's provider takes one prompt at a time, and as text: neither several nor tokens.");
    }

    private static void check(String name, JsonNode value, ObjectNode request) throws UntranslatableException {
        boolean harmless = value.isNull()
                || HINTS.contains(name)
                || switch (name) {
                    case "prompt", "stream" -> true;
                    case "echo" -> !value.asBoolean(true);
                    case "suffix" -> value.isString() && value.stringValue().isEmpty();
                    // All are shown, so none has to be the best.
                    case "best_of" -> value.asInt(0) == request.path("n").asInt(1);
                    case "logprobs" -> false;
                    default -> throw new UntranslatableException(name, "Unknown parameter: '" + name + "'.");
                };
        if (!harmless) {
            throw new UntranslatableException(
                    name,
                    "'" + name + "' is not available from this model's provider, which only knows chat completions.");
        }
    }
}
