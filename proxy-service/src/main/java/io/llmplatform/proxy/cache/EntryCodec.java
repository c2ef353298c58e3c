package io.llmplatform.proxy.cache;

import io.llmplatform.proxy.cache.CacheTier.Held;
import io.llmplatform.proxy.usage.Tokens;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry as bytes, big-endian: format, kind, stored-at and until (epoch milliseconds), prompt, completion, cached and
 * reasoning tokens, whether they are estimated, number of events, offset behind each event, the answer's bytes.
 */
final class EntryCodec {
    private static final byte FORMAT = 1;
    private static final byte WHOLE = 0;
    private static final byte STREAM = 1;
    private static final int HEAD = 2 + 6 * Long.BYTES + 1 + Integer.BYTES;
    private static final int[] NO_EVENTS = {};

    private EntryCodec() {}

    static byte[] encode(Held held) {
        return switch (held.entry()) {
            case WholeAnswer whole -> encode(held, WHOLE, NO_EVENTS, whole.body());
            case StreamRecording stream -> encode(held, STREAM, stream.ends(), stream.bytes());
        };
    }

    private static byte[] encode(Held held, byte kind, int[] ends, byte[] body) {
        var tokens = held.entry().tokens();
        var out = ByteBuffer.allocate(HEAD + Integer.BYTES * ends.length + body.length)
                .put(FORMAT)
                .put(kind)
                .putLong(held.entry().storedAt().toEpochMilli())
                .putLong(held.until().toEpochMilli())
                .putLong(tokens.prompt())
                .putLong(tokens.completion())
                .putLong(tokens.cached())
                .putLong(tokens.reasoning())
                .put((byte) (tokens.estimated() ? 1 : 0))
                .putInt(ends.length);
        for (int end : ends) {
            out.putInt(end);
        }
        return out.put(body).array();
    }

    /** @return absent for what is no entry of this format */
    static @Nullable Held decode(byte[] bytes) {
        try {
            return decode(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static @Nullable Held decode(ByteBuffer in) {
        if (in.get() != FORMAT) {
            return null;
        }
        byte kind = in.get();
        var storedAt = Instant.ofEpochMilli(in.getLong());
        var until = Instant.ofEpochMilli(in.getLong());
        var tokens = new Tokens(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.get() == 1);
        int events = in.getInt();
        if (events < 0 || events > in.remaining() / Integer.BYTES || (kind == STREAM) == (events == 0)) {
            return null;
        }
        var ends = new int[events];
        int last = 0;
        for (int i = 0; i < events; i++) {
            ends[i] = in.getInt();
            if (ends[i] < last) {
                return null;
            }
            last = ends[i];
        }
        var body = new byte[in.remaining()];
        in.get(body);
        return switch (kind) {
            case WHOLE -> new Held(new WholeAnswer(body, tokens, storedAt), until);
            case STREAM ->
                last == body.length ? new Held(new StreamRecording(body, ends, tokens, storedAt), until) : null;
            default -> null;
        };
    }
}
