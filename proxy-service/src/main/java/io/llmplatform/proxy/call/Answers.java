package io.llmplatform.proxy.call;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Sends whole answers. */
public final class Answers {
    private static final String MESSAGES = Operation.MESSAGES.path();
    private static final Duration LINGER = Duration.ofMillis(500);

    private Answers() {}

    public static void send(HttpServerRequest request, ApiError error) {
        send(request, error, error.toJson());
    }

    private static void send(HttpServerRequest request, ApiError error, String json) {
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
        response.putHeader("Content-Type", "application/json").end(Buffer.buffer(json));
    }

    /** The same for a request whose body is still under way: what follows is thrown away, then the connection ends. */
    public static void sendAndClose(Vertx vertx, HttpServerRequest request, ApiError error) {
        sendAndClose(vertx, request, error, error.toJson());
    }

    /** For a path of the data plane, in the envelope of the API it belongs to. */
    public static void refuse(Vertx vertx, HttpServerRequest request, String resource, ApiError error) {
        var requestId = String.valueOf(request.response().headers().get(Headers.REQUEST_ID));
        boolean anthropic = resource.equals(MESSAGES) || resource.startsWith(MESSAGES + "/");
        sendAndClose(vertx, request, error, anthropic ? error.toAnthropicJson(requestId) : error.toJson());
    }

    static void sendAndClose(Vertx vertx, HttpServerRequest request, ApiError error, String json) {
        if (request.isEnded() || !announcesBody(request)) {
            send(request, error, json);
            return;
        }
        request.response().putHeader("Connection", "close");
        send(request, error, json);
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
}
