package io.llmplatform.proxy.api.messages;

import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings what chat tells in any order into blocks one after the other. The first of the queue is streamed as it grows;
 * the others wait, in the order in which they first appeared, until it is complete.
 */
final class BlockQueue {
    private final Deque<StreamBlock> blocks = new ArrayDeque<>();
    private final Set<StreamBlock.Call> closed = new HashSet<>();
    private final BlockWriter writer = new BlockWriter();
    private final TokenEstimate estimate = new TokenEstimate();

    @Nullable
    StreamBlock last() {
        return blocks.peekLast();
    }

    <B extends StreamBlock> B add(B block) {
        blocks.addLast(block);
        return block;
    }

    boolean isClosed(StreamBlock.Call call) {
        return closed.contains(call);
    }

    /** Of what was given to the client. */
    long estimatedTokens() {
        return estimate.tokens();
    }

    /** @param all nothing more will come of any of them */
    void advance(boolean all, Consumer<ObjectNode> out) {
        while (!blocks.isEmpty()) {
            var first = blocks.getFirst();
            boolean leave = all || blocks.size() > 1 && first.complete();
            if (!writer.isOpen() && (leave || first.canStart())) {
                writer.begin(first.start(), out);
            }
            if (writer.isOpen()) {
                for (var delta = first.next(); delta != null; delta = first.next()) {
                    delta.properties().stream()
                            .skip(1)
                            .forEach(field -> estimate.text(field.getValue().asString("")));
                    writer.delta(delta, out);
                }
            }
            if (!leave) {
                return;
            }
            writer.end(out);
            blocks.removeFirst();
            if (first instanceof StreamBlock.Call call) {
                closed.add(call);
            }
        }
    }

    /** The stream broke off. */
    void abandon(Consumer<ObjectNode> out) {
        writer.end(out);
        blocks.clear();
    }
}
