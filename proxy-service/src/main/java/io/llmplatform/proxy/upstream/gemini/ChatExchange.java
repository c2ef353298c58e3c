package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.translate.Exchange;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** One chat request on its way to Gemini and back. */
final class ChatExchange implements Exchange {
    private final ObjectNode request;
    private final AnswerHead head;
    private final boolean oneCall;
    private final ChatChunks chunks;

    /** @param oneCall the client wants one tool call per answer, which Gemini cannot be told: only the first is handed on */
    ChatExchange(ObjectNode request, AnswerHead head, boolean oneCall) {
        this.request = request;
        this.head = head;
        this.oneCall = oneCall;
        this.chunks = new ChatChunks(head, oneCall);
    }

    @Override
    public ObjectNode request() {
        return request;
    }

    @Override
    public ObjectNode answer(ObjectNode upstream) {
        return new ChatAnswer(head, oneCall).of(upstream);
    }

    @Override
    public void event(ObjectNode upstream, Consumer<ObjectNode> out) {
        chunks.event(upstream, out);
    }

    @Override
    public void end(Consumer<ObjectNode> out) {
        chunks.end(out);
    }
}
