package io.llmplatform.proxy.stream;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One server-sent event.
 *
 * @param name of the {@code event:} line; absent on chat streams
 * @param data without field name, several data lines joined by LF
 */
public record SseEvent(@Nullable String name, byte[] data) {
    public static SseEvent of(@Nullable String name, String data) {
        return new SseEvent(name, data.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes it in the form that stands on the wire, with its blank line. */
    public void writeTo(Buffer out) {
        if (name != null) {
            out.appendString("event: ").appendString(name).appendByte((byte) '\n');
        }
        int from = 0;
        for (int i = 0; i <= data.length; i++) {
            if (i == data.length || data[i] == '\n') {
                out.appendString("data: ").appendBytes(data, from, i - from).appendByte((byte) '\n');
                from = i + 1;
            }
        }
        out.appendByte((byte) '\n');
    }
}
