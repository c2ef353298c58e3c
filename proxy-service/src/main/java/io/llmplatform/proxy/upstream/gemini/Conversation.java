package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.translate.UntranslatableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Messages as turns of Gemini. Turns of one role in a row become one, except that the results of tools keep a turn of
 * their own: Gemini counts them against the calls of the turn before.
 */
final class Conversation {
    private final GeminiModel model;
    private final ArrayNode turns = Shape.JSON.createArrayNode();
    private final ArrayNode system = Shape.JSON.createArrayNode();
    private @Nullable ObjectNode growing;
    private @Nullable ToolRound round;

    private Conversation(GeminiModel model) {
        this.model = model;
    }

    static Conversation of(ArrayNode messages, GeminiModel model) throws UntranslatableException {
        var conversation = new Conversation(model);
        for (int i = 0; i < messages.size(); i++) {
            var param = "messages[" + i + "]";
            conversation.add(Shape.object(messages.get(i), param), param);
        }
        conversation.closeRound("messages");
        return conversation;
    }

    void writeTo(ObjectNode request) throws UntranslatableException {
        if (turns.isEmpty() && system.isEmpty()) {
            throw new UntranslatableException("messages", "Gemini models need at least one message that is not empty.");
        }
        if (turns.isEmpty()) {
            // Gemini takes no request without a turn.
            request.putArray("contents").addObject().put("role", "user").set("parts", system);
            return;
        }
        if (!system.isEmpty()) {
            request.putObject("systemInstruction").set("parts", system);
        }
        request.set("contents", turns);
    }

    private void add(ObjectNode message, String param) throws UntranslatableException {
        var role = Shape.text(message.get("role"), param + ".role");
        switch (role) {
            case "system", "developer" -> {
                var text = ContentParts.textOnly(message.get("content"), param + ".content");
                if (!text.isEmpty()) {
                    system.addObject().put("text", text);
                }
            }
            case "user" -> {
                closeRound(param);
                grow("user", ContentParts.of(message.get("content"), param + ".content"));
            }
            case "assistant" -> {
                closeRound(param);
                assistant(message, param);
            }
            case "tool" -> result(message, param);
            default -> throw Shape.refused(param + ".role", "The role '" + role + "'");
        }
    }

    private void assistant(ObjectNode message, String param) throws UntranslatableException {
        if (!absent(message.get("audio"))) {
            throw Shape.refused(param + ".audio", "An earlier answer in audio");
        }
        if (!absent(message.get("function_call"))) {
            throw Shape.refused(param + ".function_call", "'function_call' (use 'tool_calls')");
        }
        var parts = Shape.JSON.createArrayNode();
        var content = message.get("content");
        var text = absent(content) ? "" : ContentParts.textOnly(content, param + ".content");
        var signature = Signature.of(message);
        if (!text.isEmpty() || signature != null) {
            Signature.onPart(parts.addObject().put("text", text), signature);
        }
        if (!absent(message.get("tool_calls"))) {
            var calls = Shape.array(message.get("tool_calls"), param + ".tool_calls");
            if (!calls.isEmpty()) {
                round = ToolRound.open(calls, param + ".tool_calls", model, parts);
            }
        }
        grow("model", parts);
    }

    private void result(ObjectNode message, String param) throws UntranslatableException {
        var id = Shape.text(message.get("tool_call_id"), param + ".tool_call_id");
        if (round == null) {
            throw ToolRound.unknown(id, param + ".tool_call_id");
        }
        round.answer(id, ContentParts.textOnly(message.get("content"), param + ".content"), param + ".tool_call_id");
    }

    private void closeRound(String param) throws UntranslatableException {
        if (round != null) {
            turns.addObject().put("role", "user").set("parts", round.results(param));
            round = null;
            growing = null;
        }
    }

    private void grow(String role, ArrayNode parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (growing == null || !growing.path("role").stringValue("").equals(role)) {
            growing = turns.addObject().put("role", role);
            growing.putArray("parts");
        }
        growing.withArray("parts").addAll(parts);
    }
}
