package io.llmplatform.proxy.api.responses;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the assistant says or refuses to say. */
final class MessageItem implements OutputItem {
    private final Events events;
    private final String id;
    private final int index;
    private final List<MessagePart> parts = new ArrayList<>();
    private @Nullable MessagePart open;
    private String status = "in_progress";

    MessageItem(Events events, String id, int index) {
        this.events = events;
        this.id = id;
        this.index = index;
        events.item("response.output_item.added", index, json());
    }

    void text(String delta, JsonNode logprobs) {
        part(false).add(delta, logprobs);
    }

    /** @param source address, title and place in the text */
    void cite(ObjectNode source) {
        part(false).cite(source);
    }

    void refusal(String delta) {
        part(true).add(delta, Fields.array());
    }

    private MessagePart part(boolean refusal) {
        if (open != null && open.isRefusal() == refusal) {
            return open;
        }
        closePart();
        var part = new MessagePart(events, this, parts.size(), refusal);
        parts.add(part);
        open = part;
        return part;
    }

    private void closePart() {
        if (open != null) {
            open.close();
            open = null;
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
        if (status.equals("in_progress")) {
            closePart();
            status = cut ? "incomplete" : "completed";
            events.item("response.output_item.done", index, json());
        }
    }

    @Override
    public ObjectNode json() {
        var out = Fields.object()
                .put("id", id)
                .put("type", "message")
                .put("status", status)
                .put("role", "assistant");
        var content = out.putArray("content");
        parts.forEach(part -> content.add(part.json()));
        return out;
    }
}
