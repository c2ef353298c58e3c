package io.llmplatform.proxy.api.responses;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A part of a message while it grows: text, or a refusal. */
final class MessagePart {
    private final Events events;
    private final MessageItem item;
    private final int index;
    private final boolean refusal;
    private final StringBuilder text = new StringBuilder();
    private final ArrayNode logprobs = Fields.array();
    private final ArrayNode annotations = Fields.array();

    MessagePart(Events events, MessageItem item, int index, boolean refusal) {
        this.events = events;
        this.item = item;
        this.index = index;
        this.refusal = refusal;
        var added = place();
        added.set("part", json());
        events.inside("response.content_part.added", item, added);
    }

    boolean isRefusal() {
        return refusal;
    }

    void add(String delta, JsonNode tokens) {
        text.append(delta);
        var event = place().put("delta", delta);
        if (!refusal) {
            tokens.forEach(logprobs::add);
            event.set("logprobs", tokens.isArray() ? tokens.deepCopy() : Fields.array());
        }
        events.inside(refusal ? "response.refusal.delta" : "response.output_text.delta", item, event);
    }

    void cite(ObjectNode source) {
        var annotation = Fields.object().put("type", "url_citation");
        annotation.setAll(source);
        var event = place().put("annotation_index", annotations.size());
        event.set("annotation", annotation);
        annotations.add(annotation.deepCopy());
        events.inside("response.output_text.annotation.added", item, event);
    }

    void close() {
        var said = place().put(refusal ? "refusal" : "text", text.toString());
        if (!refusal) {
            said.set("logprobs", logprobs.deepCopy());
        }
        events.inside(refusal ? "response.refusal.done" : "response.output_text.done", item, said);
        var done = place();
        done.set("part", json());
        events.inside("response.content_part.done", item, done);
    }

    ObjectNode json() {
        if (refusal) {
            return Fields.object().put("type", "refusal").put("refusal", text.toString());
        }
        var out = Fields.object().put("type", "output_text").put("text", text.toString());
        out.set("annotations", annotations.deepCopy());
        out.set("logprobs", logprobs.deepCopy());
        return out;
    }

    private ObjectNode place() {
        return Fields.object().put("content_index", index);
    }
}
