package io.llmplatform.proxy.stream;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into its server-sent events, wherever the packets end. Comments, the fields {@code id} and
 * {@code retry}, and names without data are dropped: no stream of ours has any that a client may see. Lines may end in LF,
 * CRLF or CR.
 */
public final class SseSplitter {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event".getBytes(StandardCharsets.US_ASCII);

    private final int maxEventBytes;
    private final Sink sink;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private byte[] line = new byte[512];
    private int length;
    private boolean haveData;
    private @Nullable String name;
    private boolean skipLineFeed;

    /** @param maxEventBytes bound of the memory that one event may take */
    public SseSplitter(int maxEventBytes, Sink sink) {
        this.maxEventBytes = maxEventBytes;
        this.sink = sink;
    }

    /** Gets each event. */
    @FunctionalInterface
    public interface Sink {
        void event(SseEvent event);
    }

    /** An event grew beyond the bound. */
    public static final class EventTooLongException extends RuntimeException {
        EventTooLongException(int limit) {
            super("an event of the upstream is longer than " + limit + " bytes", null, false, false);
        }
    }

    /** @throws EventTooLongException after which the stream cannot be continued */
    public void feed(byte[] bytes) {
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b != '\n' && b != '\r') {
                skipLineFeed = false;
                continue;
            }
            boolean secondOfPair = b == '\n' && skipLineFeed;
            skipLineFeed = b == '\r';
            if (!secondOfPair) {
                append(bytes, from, i);
                endLine();
            }
            from = i + 1;
        }
        append(bytes, from, bytes.length);
    }

    /** The stream is over: what stands there without its blank line counts too. */
    public void end() {
        if (length > 0) {
            endLine();
        }
        endLine();
    }

    private void append(byte[] bytes, int from, int to) {
        int count = to - from;
        if (length + count + data.size() > maxEventBytes) {
            throw new EventTooLongException(maxEventBytes);
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
        }
        System.arraycopy(bytes, from, line, length, count);
        length += count;
    }

    private void endLine() {
        if (length == 0) {
            if (haveData) {
                haveData = false;
                var event = new SseEvent(name, data.toByteArray());
                data.reset();
                name = null;
                sink.event(event);
            }
            name = null;
            return;
        }
        if (is(DATA)) {
            int from = valueFrom(DATA.length);
            if (haveData) {
                data.write('\n');
            }
            data.write(line, from, length - from);
            haveData = true;
        } else if (is(EVENT)) {
            int from = valueFrom(EVENT.length);
            name = from == length ? null : new String(line, from, length - from, StandardCharsets.UTF_8);
        }
        length = 0;
    }

    private boolean is(byte[] field) {
        int at = field.length;
        return length >= at && Arrays.equals(line, 0, at, field, 0, at) && (length == at || line[at] == ':');
    }

    private int valueFrom(int fieldEnd) {
        int from = Math.min(length, fieldEnd + 1);
        return from < length && line[from] == ' ' ? from + 1 : from;
    }
}
