package io.llmplatform.proxy.api.responses;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reasoning, text and tool calls, items of their own here, are one message in chat: this one, while it grows. */
final class AssistantTurn {
    private final StringBuilder reasoning = new StringBuilder();
    private final ArrayNode thinking = Fields.array();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder refusal = new StringBuilder();
    private final ArrayNode calls = Fields.array();
    private boolean spoke;

    /** Whether a further text begins a message of its own; after a call it may not, for the call's output must follow it. */
    boolean spoke() {
        return spoke && calls.isEmpty();
    }

    void reasoning(String more) {
        append(reasoning, more, "\n\n");
    }

    void thinking(JsonNode blocks) {
        blocks.forEach(thinking::add);
    }

    void say(String more) {
        // An empty message is refused by some providers, and says nothing.
        spoke |= !more.isEmpty();
        append(text, more, "\n");
    }

    void refuse(String more) {
        spoke = true;
        append(refusal, more, "\n");
    }

    void call(String callId, String chatName, String arguments) {
        var call = calls.addObject().put("id", CallIds.bare(callId)).put("type", "function");
        call.putObject("function").put("name", chatName).put("arguments", arguments);
        var extra = CallIds.extra(callId);
        if (extra != null) {
            call.set("extra_content", extra);
        }
    }

    /** Thoughts that led to nothing are left out, for no provider takes a message without content. */
    void flush(ArrayNode messages) {
        if (!spoke && calls.isEmpty()) {
            return;
        }
        var message = messages.addObject().put("role", "assistant");
        if (text.isEmpty() && (!calls.isEmpty() || !refusal.isEmpty())) {
            message.putNull("content");
        } else {
            message.put("content", text.toString());
        }
        if (!refusal.isEmpty()) {
            message.put("refusal", refusal.toString());
        }
        if (!reasoning.isEmpty()) {
            message.put("reasoning_content", reasoning.toString());
        }
        set(message, "thinking_blocks", thinking);
        set(message, "tool_calls", calls);
    }

    private static void set(ObjectNode message, String name, ArrayNode values) {
        if (!values.isEmpty()) {
            message.set(name, values);
        }
    }

    private static void append(StringBuilder to, String more, String separator) {
        if (!to.isEmpty() && !more.isEmpty()) {
            to.append(separator);
        }
        to.append(more);
    }
}
