package io.llmplatform.proxy.api.messages;

import io.llmplatform.contracts.json.ContractJson;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Numbers the blocks of a stream and sees to it that at most one is open. */
final class BlockWriter {
    private int index = -1;
    private boolean open;

    boolean isOpen() {
        return open;
    }

    void begin(ObjectNode block, Consumer<ObjectNode> out) {
        end(out);
        open = true;
        index++;
        out.accept(event("content_block_start").set("content_block", block));
    }

    void delta(ObjectNode delta, Consumer<ObjectNode> out) {
        out.accept(event("content_block_delta").set("delta", delta));
    }

    void end(Consumer<ObjectNode> out) {
        if (open) {
            open = false;
            out.accept(event("content_block_stop"));
        }
    }

    private ObjectNode event(String type) {
        return ContractJson.mapper().createObjectNode().put("type", type).put("index", index);
    }
}
