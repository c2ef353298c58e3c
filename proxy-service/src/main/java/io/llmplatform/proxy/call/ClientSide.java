package io.llmplatform.proxy.call;

import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Who waits for the answer of one call, whatever carries it. Confined to one event loop. */
interface ClientSide {
    /** Of the request. */
    MultiMap headers();

    /** Runs once, when the client has left or has its whole answer; at once when that is so already. */
    void onOver(Runnable over);

    /** Whether it has seen anything of the answer. */
    boolean began();

    /** For the head of the answer; without effect once that has left. */
    void header(String name, String value);

    /** Whether the head of the answer has it already. */
    boolean tells(String name);

    /** Instead of an answer. */
    void error(ApiError error);

    void whole(int status, String contentType, Buffer body);

    /** Bytes follow, as they come. */
    void openBytes(int status, String contentType);

    /** Events follow. */
    void openEvents();

    /** To be sent with the next {@link #flush}. */
    void event(SseEvent event);

    void bytes(Buffer chunk);

    /** @return false when the client takes in less than it is sent: then wait for {@link #onDrain} */
    boolean flush();

    void onDrain(Runnable resume);

    /** @param event absent = whatever costs least */
    void keepAlive(@Nullable SseEvent event);

    /** Sends what is left and ends the answer. */
    void end();

    /** Leaves it without an end. */
    void hangUp();
}
