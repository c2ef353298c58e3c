package io.llmplatform.proxy.call;

import io.llmplatform.proxy.time.TimerWheel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntPredicate;

/** Takes in a request body within a bound of size and of silence. */
public final class BodyCollector {
    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final TimerWheel timers;
    private final long maxBytes;

    public BodyCollector(TimerWheel timers, long maxBytes) {
        this.timers = timers;
        this.maxBytes = maxBytes;
    }

    /** The body is larger than the bound; no more of it is kept. */
    public static final class TooLargeException extends Exception {
        TooLargeException() {
            super("body too large", null, false, false);
        }
    }

    /** All bodies together are more than may be held. */
    static final class NoRoomException extends Exception {
        NoRoomException() {
            super("no room for the body", null, false, false);
        }
    }

    /** Fails with {@link TooLargeException} as soon as the bound is known to be passed. The request must be paused or fresh. */
    public Future<Buffer> collect(HttpServerRequest request) {
        return collect(request, more -> true);
    }

    /** @param room asked before more bytes are kept; when it refuses, this fails with {@link NoRoomException} */
    Future<Buffer> collect(HttpServerRequest request, IntPredicate room) {
        long announced = announced(request);
        if (announced > maxBytes) {
            request.handler(chunk -> {}).resume();
            return Future.failedFuture(new TooLargeException());
        }
        return new Body(request, room, (int) Math.clamp(announced, 1024, 1 << 20)).begin();
    }

    /** One body on its way in. */
    private final class Body {
        private final HttpServerRequest request;
        private final IntPredicate room;
        private final Buffer bytes;
        private final Promise<Buffer> promise = Promise.promise();
        private TimerWheel.Timer silence;
        private long lastSign = System.nanoTime();

        Body(HttpServerRequest request, IntPredicate room, int size) {
            this.request = request;
            this.room = room;
            this.bytes = Buffer.buffer(size);
            this.silence = timers.start(MAX_SILENCE.toMillis(), this::silent);
        }

        Future<Buffer> begin() {
            request.handler(this::chunk);
            request.exceptionHandler(this::fail);
            request.endHandler(end -> {
                silence.cancel();
                promise.tryComplete(bytes);
            });
            request.resume();
            return promise.future();
        }

        private void chunk(Buffer chunk) {
            lastSign = System.nanoTime();
            if (promise.future().isComplete()) {
                return;
            }
            if ((long) bytes.length() + chunk.length() > maxBytes) {
                fail(new TooLargeException());
            } else if (!room.test(chunk.length())) {
                fail(new NoRoomException());
            } else {
                bytes.appendBuffer(chunk);
            }
        }

        private void fail(Throwable e) {
            silence.cancel();
            promise.tryFail(e);
        }

        private void silent() {
            long left = MAX_SILENCE.toNanos() - (System.nanoTime() - lastSign);
            if (left > 0) {
                silence = timers.start(Duration.ofNanos(left).toMillis(), this::silent);
            } else {
                fail(new IOException("request body stalled"));
                request.connection().close();
            }
        }
    }

    private static long announced(HttpServerRequest request) {
        var header = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return header == null ? 0 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
