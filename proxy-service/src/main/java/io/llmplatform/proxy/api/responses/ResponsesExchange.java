package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.Exchange;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole answer goes the way of a stream that came in one piece. */
final class ResponsesExchange implements Exchange {
    private final ObjectNode request;
    private final Supplier<ResponseStream> streams;
    private @Nullable ResponseStream stream;

    ResponsesExchange(ObjectNode request, Supplier<ResponseStream> streams) {
        this.request = request;
        this.streams = streams;
    }

    @Override
    public ObjectNode request() {
        return request;
    }

    @Override
    public ObjectNode answer(ObjectNode upstream) {
        if (!(upstream.path("choices") instanceof ArrayNode choices)
                || choices.isEmpty()
                || !(choices.get(0) instanceof ObjectNode choice)
                || !choice.path("message").isObject()) {
            throw new IllegalArgumentException("a chat completion without choices[0].message");
        }
        choice.set("delta", choice.get("message"));
        if (!Fields.given(choice, "finish_reason")) {
            choice.put("finish_reason", "stop");
        }
        var whole = streams.get();
        whole.chunk(upstream, event -> {});
        return whole.response();
    }

    @Override
    public void event(ObjectNode upstream, Consumer<ObjectNode> out) {
        if (stream == null) {
            stream = streams.get();
        }
        stream.chunk(upstream, out);
    }

    @Override
    public void end(Consumer<ObjectNode> out) {
        if (stream != null) {
            stream.end(out);
        }
    }
}
