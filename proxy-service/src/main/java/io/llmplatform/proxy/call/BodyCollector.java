package io.llmplatform.proxy.call;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntPredicate;

/** Takes in a request body within a bound of size and of silence. */
public final class BodyCollector {
    private static final Duration MAX_SILENCE = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final long maxBytes;

    public BodyCollector(Vertx vertx, long maxBytes) {
        this.vertx = vertx;
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
        Promise<Buffer> promise = Promise.promise();
        long announced = announced(request);
        if (announced > maxBytes) {
            discard(request);
            return Future.failedFuture(new TooLargeException());
        }
        var body = Buffer.buffer((int) Math.clamp(announced, 1024, 1 << 20));
        long[] last = {System.nanoTime()};
        long timer = vertx.setPeriodic(5_000, tick -> {
            if (System.nanoTime() - last[0] > MAX_SILENCE.toNanos()) {
                promise.tryFail(new IOException("request body stalled"));
                request.connection().close();
            }
        });
        promise.future().onComplete(done -> vertx.cancelTimer(timer));
        request.handler(chunk -> {
            last[0] = System.nanoTime();
            if (promise.future().isComplete()) {
                return;
            }
            if ((long) body.length() + chunk.length() > maxBytes) {
                promise.tryFail(new TooLargeException());
            } else if (!room.test(chunk.length())) {
                promise.tryFail(new NoRoomException());
            } else {
                body.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(promise::tryFail);
        request.endHandler(end -> promise.tryComplete(body));
        request.resume();
        return promise.future();
    }

    private static void discard(HttpServerRequest request) {
        request.handler(chunk -> {}).resume();
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
