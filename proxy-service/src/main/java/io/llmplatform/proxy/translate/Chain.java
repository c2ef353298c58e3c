package io.llmplatform.proxy.translate;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Several translations one behind the other, as one. */
public final class Chain implements Exchange {
    private final Exchange near;
    private final Exchange far;

    private Chain(Exchange near, Exchange far) {
        this.near = near;
        this.far = far;
    }

    /**
     * @param steps from the client's API on; at least one
     * @throws UntranslatableException when one of them cannot carry the request
     */
    public static Exchange begin(List<Translation> steps, ObjectNode request, Origin origin)
            throws UntranslatableException {
        var exchange = steps.getFirst().begin(request, origin);
        for (var step : steps.subList(1, steps.size())) {
            exchange = new Chain(exchange, step.begin(exchange.request(), origin));
        }
        return exchange;
    }

    @Override
    public ObjectNode request() {
        return far.request();
    }

    @Override
    public ObjectNode answer(ObjectNode upstream) {
        return near.answer(far.answer(upstream));
    }

    @Override
    public void event(ObjectNode upstream, Consumer<ObjectNode> out) {
        far.event(upstream, between -> near.event(between, out));
    }

    @Override
    public void end(Consumer<ObjectNode> out) {
        far.end(between -> near.event(between, out));
        near.end(out);
    }
}
