package io.llmplatform.proxy.call;

import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/** A client that asked over HTTP. Writes whole events only, so that a keep-alive always stands at a border. */
final class HttpClientSide implements ClientSide {
    private static final Buffer COMMENT = Buffer.buffer(": keep-alive\n\n");

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final boolean anthropic;
    private final Arrival arrival;
    private Buffer out = Buffer.buffer();

    /** @param anthropic whose error envelope it expects */
    HttpClientSide(Vertx vertx, HttpServerRequest request, Arrival arrival, boolean anthropic) {
        this.arrival = arrival;
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.anthropic = anthropic;
        if (anthropic) {
            response.putHeader("request-id", arrival.requestId());
        }
    }

    @Override
    public MultiMap headers() {
        return request.headers();
    }

    @Override
    public void onOver(Runnable over) {
        arrival.departure().then(over);
    }

    @Override
    public boolean began() {
        return response.headWritten();
    }

    @Override
    public void header(String name, String value) {
        if (!response.headWritten()) {
            response.putHeader(name, value);
        }
    }

    @Override
    public boolean tells(String name) {
        return response.headers().contains(name);
    }

    @Override
    public void error(ApiError error) {
        if (anthropic) {
            Answers.sendAndClose(vertx, request, error, error.toAnthropicJson(arrival.requestId()));
        } else {
            Answers.sendAndClose(vertx, request, error);
        }
    }

    @Override
    public void whole(int status, String contentType, Buffer body) {
        if (!response.closed() && !response.ended()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", contentType)
                    .end(body);
        }
    }

    @Override
    public void openBytes(int status, String contentType) {
        response.setStatusCode(status).setChunked(true).putHeader("Content-Type", contentType);
    }

    @Override
    public void openEvents() {
        if (!response.headWritten()) {
            response.setStatusCode(200)
                    .setChunked(true)
                    .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                    .putHeader("Cache-Control", "no-cache")
                    .putHeader("X-Accel-Buffering", "no");
        }
    }

    @Override
    public void event(SseEvent event) {
        event.writeTo(out);
    }

    @Override
    public void bytes(Buffer chunk) {
        out.appendBuffer(chunk);
    }

    @Override
    public boolean flush() {
        if (out.length() > 0) {
            response.write(out);
            out = Buffer.buffer();
        }
        return !response.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable resume) {
        response.drainHandler(drained -> resume.run());
    }

    @Override
    public void keepAlive(@Nullable SseEvent event) {
        if (response.closed() || response.ended() || response.writeQueueFull()) {
            return;
        }
        if (event == null) {
            response.write(COMMENT.copy());
        } else {
            event(event);
            flush();
        }
    }

    @Override
    public void end() {
        if (!response.closed() && !response.ended()) {
            response.end(out);
        }
    }

    @Override
    public void hangUp() {
        request.connection().close();
    }
}
