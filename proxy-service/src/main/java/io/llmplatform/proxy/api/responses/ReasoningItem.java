package io.llmplatform.proxy.api.responses;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reasoning, told as one part of a summary: the form that all clients show. */
final class ReasoningItem implements OutputItem {
    private final Events events;
    private final String id;
    private final int index;
    private final boolean sealed;
    private final StringBuilder text = new StringBuilder();
    private final ArrayNode thinking = Fields.array();
    private boolean closed;

    ReasoningItem(Events events, String id, int index, boolean sealed) {
        this.events = events;
        this.id = id;
        this.index = index;
        this.sealed = sealed;
        events.item("response.output_item.added", index, json());
    }

    void text(String delta) {
        if (text.isEmpty()) {
            var added = Fields.object().put("summary_index", 0);
            added.set("part", part(""));
            events.inside("response.reasoning_summary_part.added", this, added);
        }
        text.append(delta);
        events.inside(
                "response.reasoning_summary_text.delta",
                this,
                Fields.object().put("summary_index", 0).put("delta", delta));
    }

    /** Blocks come whole, or in pieces of which the last one is signed. */
    void thinking(JsonNode blocks) {
        for (var block : blocks) {
            var last = thinking.isEmpty() ? null : thinking.get(thinking.size() - 1);
            if (last instanceof ObjectNode open
                    && isThinking(open)
                    && isThinking(block)
                    && Fields.text(open, "signature", "").isEmpty()) {
                open.put("thinking", Fields.text(open, "thinking", "") + Fields.text(block, "thinking", ""));
                open.put("signature", Fields.text(block, "signature", ""));
            } else if (block.isObject()) {
                thinking.add(block.deepCopy());
            }
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public void close(boolean cut) {
        if (closed) {
            return;
        }
        closed = true;
        if (!text.isEmpty()) {
            events.inside(
                    "response.reasoning_summary_text.done",
                    this,
                    Fields.object().put("summary_index", 0).put("text", text.toString()));
            var done = Fields.object().put("summary_index", 0);
            done.set("part", part(text.toString()));
            events.inside("response.reasoning_summary_part.done", this, done);
        }
        events.item("response.output_item.done", index, json());
    }

    @Override
    public ObjectNode json() {
        var out = Fields.object().put("id", id).put("type", "reasoning");
        var summary = out.putArray("summary");
        if (!text.isEmpty()) {
            summary.add(part(text.toString()));
        }
        if (closed && (sealed || !thinking.isEmpty())) {
            out.put("encrypted_content", ReasoningSeal.seal(text.toString(), thinking));
        }
        return out;
    }

    private static boolean isThinking(JsonNode block) {
        return "thinking".equals(Fields.text(block, "type"));
    }

    private static ObjectNode part(String text) {
        return Fields.object().put("type", "summary_text").put("text", text);
    }
}
