package io.llmplatform.bench.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** One stream on its way: a write for each event, and between content chunks the interval. */
final class Sending {
    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Buffer[] events;
    private final int interval;
    private int sent;

    Sending(Vertx vertx, HttpServerResponse response, Buffer[] events, int interval) {
        this.vertx = vertx;
        this.response = response;
        this.events = events;
        this.interval = interval;
    }

    void next() {
        if (response.closed()) {
            return;
        }
        var event = events[sent++];
        if (sent == events.length) {
            response.end(event);
            return;
        }
        response.write(event);
        if (response.writeQueueFull()) {
            response.drainHandler(drained -> next());
        } else if (interval > 0 && isContent(sent - 1) && isContent(sent)) {
            vertx.setTimer(interval, due -> next());
        } else {
            // A turn of its own, so that the events leave by separate writes and streams take turns.
            vertx.runOnContext(turn -> next());
        }
    }

    /** The role comes before them; finish, usage and the end mark after. */
    private boolean isContent(int index) {
        return index > 0 && index < events.length - 3;
    }
}
