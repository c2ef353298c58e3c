package io.llmplatform.proxy.call;

import io.llmplatform.proxy.api.StreamForm;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.vertx.core.Vertx;

/**
 * The pace of a stream: a client that is slower than its provider holds the provider back, within a bound; a client that
 * has to wait is shown that the connection lives.
 */
final class Flow {
    private final Vertx vertx;
    private final CallSettings settings;
    private final ClientSide client;
    private final UpstreamCall upstream;
    private long stallTimer = -1;
    private long keepAliveTimer = -1;
    private boolean wroteSinceTick;

    Flow(Vertx vertx, CallSettings settings, ClientSide client, UpstreamCall upstream) {
        this.vertx = vertx;
        this.settings = settings;
        this.client = client;
        this.upstream = upstream;
    }

    /** @param beforeHead what must happen before the first byte leaves, should a keep-alive be it */
    void keepAlive(StreamForm form, Runnable beforeHead) {
        keepAliveTimer = vertx.setPeriodic(settings.keepAlive().toMillis(), tick -> {
            if (!wroteSinceTick) {
                beforeHead.run();
                client.keepAlive(form.keepAlive());
            }
            wroteSinceTick = false;
        });
    }

    /** Sends what the client side holds. */
    void flush() {
        wroteSinceTick = true;
        if (!client.flush()) {
            hold();
        }
    }

    private void hold() {
        upstream.pause();
        if (stallTimer < 0) {
            stallTimer = vertx.setTimer(settings.clientStall().toMillis(), fired -> {
                stallTimer = -1;
                client.hangUp();
            });
        }
        client.onDrain(() -> {
            endStall();
            upstream.resume();
        });
    }

    /** Nothing more will be written but the end: what the provider still sends is thrown away, not held back for ever. */
    void close() {
        endStall();
        upstream.resume();
        if (keepAliveTimer >= 0) {
            vertx.cancelTimer(keepAliveTimer);
            keepAliveTimer = -1;
        }
    }

    private void endStall() {
        if (stallTimer >= 0) {
            vertx.cancelTimer(stallTimer);
            stallTimer = -1;
        }
    }
}
