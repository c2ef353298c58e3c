package io.llmplatform.proxy.api.messages;

import io.llmplatform.proxy.translate.Exchange;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** One message of a client on its way to a chat provider and back. */
final class MessageExchange implements Exchange {
    private final ObjectNode request;
    private final MessageAnswer answer;
    private final MessageStream stream;

    MessageExchange(ObjectNode request, MessageAnswer answer) {
        this.request = request;
        this.answer = answer;
        this.stream = new MessageStream(answer);
    }

    @Override
    public ObjectNode request() {
        return request;
    }

    @Override
    public ObjectNode answer(ObjectNode upstream) {
        return answer.whole(upstream);
    }

    @Override
    public void event(ObjectNode upstream, Consumer<ObjectNode> out) {
        stream.event(upstream, out);
    }

    @Override
    public void end(Consumer<ObjectNode> out) {
        stream.end(out);
    }
}
