package io.llmplatform.proxy.chat;

import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/** Sends whole answers. */
public final class Answers {
    private static final Duration LINGER = Duration.ofMillis(500);

    private Answers() {}

    public static void send(HttpServerRequest request, ApiError error) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        // A request that was held back must be read to its end, or the connection serves no other.
        request.resume();
        response.setStatusCode(error.status());
        if (error.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        json(response, Buffer.buffer(error.toJson()));
    }

    /** The same for a request whose body is still under way: what follows is thrown away, then the connection ends. */
    public static void sendAndClose(Vertx vertx, HttpServerRequest request, ApiError error) {
        if (request.isEnded() || !announcesBody(request)) {
            send(request, error);
            return;
        }
        request.response().putHeader("Connection", "close");
        send(request, error);
        closeSoon(vertx, request);
    }

    /** Closing at once would reset the connection under the client's writes, and the answer might never be read. */
    public static void closeSoon(Vertx vertx, HttpServerRequest request) {
        request.handler(chunk -> {});
        request.resume();
        vertx.setTimer(LINGER.toMillis(), fired -> request.connection().close());
    }

    private static boolean announcesBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null || (length != null && !length.equals("0"));
    }

    static void json(HttpServerResponse response, Buffer body) {
        response.putHeader("Content-Type", "application/json");
        response.end(body);
    }
}
