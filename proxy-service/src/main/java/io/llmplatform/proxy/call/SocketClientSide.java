package io.llmplatform.proxy.call;

import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that asked over a chat socket: what would be the data of an event is a text frame. One for each question. */
final class SocketClientSide implements ClientSide {
    private final ServerWebSocket socket;
    private final MultiMap headers;
    private final Arrival arrival;
    private boolean began;

    SocketClientSide(ServerWebSocket socket, MultiMap headers, Arrival arrival) {
        this.socket = socket;
        this.headers = headers;
        this.arrival = arrival;
    }

    @Override
    public MultiMap headers() {
        return headers;
    }

    @Override
    public void onOver(Runnable over) {
        arrival.departure().then(over);
    }

    @Override
    public boolean began() {
        return began;
    }

    /** A frame has no headers. */
    @Override
    public void header(String name, String value) {}

    @Override
    public boolean tells(String name) {
        return false;
    }

    @Override
    public void error(ApiError error) {
        write(error.toJson());
        arrival.departure().over();
    }

    @Override
    public void whole(int status, String contentType, Buffer body) {
        write(body.toString(StandardCharsets.UTF_8));
        arrival.departure().over();
    }

    @Override
    public void openBytes(int status, String contentType) {
        began = true;
    }

    @Override
    public void openEvents() {
        began = true;
    }

    @Override
    public void event(SseEvent event) {
        write(new String(event.data(), StandardCharsets.UTF_8));
    }

    @Override
    public void bytes(Buffer chunk) {
        if (!socket.isClosed()) {
            socket.writeBinaryMessage(chunk);
        }
    }

    @Override
    public boolean flush() {
        return !socket.writeQueueFull();
    }

    @Override
    public void onDrain(Runnable resume) {
        socket.drainHandler(drained -> resume.run());
    }

    @Override
    public void keepAlive(@Nullable SseEvent event) {
        if (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writePing(Buffer.buffer());
        }
    }

    @Override
    public void end() {
        arrival.departure().over();
    }

    @Override
    public void hangUp() {
        socket.close((short) 1011, "answer broken off");
    }

    private void write(String text) {
        began = true;
        if (!socket.isClosed()) {
            socket.writeTextMessage(text);
        }
    }
}
