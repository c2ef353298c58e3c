package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.proxy.translate.Exchange;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** One chat completion on its way to Anthropic and back. */
final class ChatExchange implements Exchange {
    private final ObjectNode request;
    private final ChatAnswer answer;
    private final ChatStream stream;

    ChatExchange(ObjectNode request, ChatAnswer answer) {
        this.request = request;
        this.answer = answer;
        this.stream = new ChatStream(answer);
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
