package io.llmplatform.proxy.api.responses;

import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Numbers the events of one stream. */
final class Events {
    private Consumer<ObjectNode> out = event -> {};
    private int sequence;

    /** Where the events go from now on. */
    void to(Consumer<ObjectNode> consumer) {
        out = consumer;
    }

    /** An event of the response as a whole. */
    void response(String type, ObjectNode response) {
        var event = begin(type);
        event.set("response", response);
        out.accept(event);
    }

    /** {@code output_item.added} or {@code output_item.done}. */
    void item(String type, int outputIndex, ObjectNode item) {
        var event = begin(type).put("output_index", outputIndex);
        event.set("item", item);
        out.accept(event);
    }

    /** An event inside an item; {@code details} follow its place. */
    void inside(String type, OutputItem item, ObjectNode details) {
        var event = begin(type).put("item_id", item.id()).put("output_index", item.index());
        event.setAll(details);
        out.accept(event);
    }

    private ObjectNode begin(String type) {
        return Fields.object().put("type", type).put("sequence_number", sequence++);
    }
}
