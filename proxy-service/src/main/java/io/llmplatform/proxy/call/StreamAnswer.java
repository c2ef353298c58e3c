package io.llmplatform.proxy.chat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * The client's side of a stream. Writes whole events only, so that a keep-alive comment always stands at a border. The
 * head leaves with the first event or the first keep-alive; until then the answer may still become a plain error.
 */
final class StreamAnswer {
    private static final Buffer KEEP_ALIVE = Buffer.buffer(": keep-alive\n\n");

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Runnable beforeHead;
    private final long keepAliveTimer;
    private boolean wroteSinceTick;

    /** @param beforeHead sets the headers that are known only then */
    StreamAnswer(Vertx vertx, HttpServerResponse response, Duration keepAlive, Runnable beforeHead) {
        this.vertx = vertx;
        this.response = response;
        this.beforeHead = beforeHead;
        this.keepAliveTimer = vertx.setPeriodic(keepAlive.toMillis(), tick -> keepAlive());
    }

    boolean began() {
        return response.headWritten();
    }

    /** @return false when the client takes in less than it is sent: then wait for {@link #onDrain} */
    boolean write(Buffer events) {
        head();
        wroteSinceTick = true;
        response.write(events);
        return !response.writeQueueFull();
    }

    void onDrain(Runnable resume) {
        response.drainHandler(drained -> resume.run());
    }

    void end(Buffer last) {
        close();
        head();
        response.end(last);
    }

    /** Stops the keep-alive; the response itself is left as it is. */
    void close() {
        vertx.cancelTimer(keepAliveTimer);
    }

    private void head() {
        if (!response.headWritten()) {
            beforeHead.run();
            response.setStatusCode(200)
                    .setChunked(true)
                    .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                    .putHeader("Cache-Control", "no-cache")
                    .putHeader("X-Accel-Buffering", "no");
        }
    }

    private void keepAlive() {
        if (!wroteSinceTick && !response.closed() && !response.ended() && !response.writeQueueFull()) {
            head();
            response.write(KEEP_ALIVE.copy());
        }
        wroteSinceTick = false;
    }
}
