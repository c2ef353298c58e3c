package io.llmplatform.proxy.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file format: {@code int length, int crc32c(payload), payload}; the payload is {@code byte kind, byte idLength, id
 * (ASCII), json}. Big-endian.
 */
final class Frames {
    static final int HEADER = 8;
    static final int MAX_PAYLOAD = 64 * 1024;
    private static final int MIN_PAYLOAD = 2;

    private Frames() {}

    static byte[] encode(Entry entry) {
        var id = entry.requestId().getBytes(StandardCharsets.US_ASCII);
        int length = MIN_PAYLOAD + id.length + entry.json().length;
        if (length > MAX_PAYLOAD || id.length > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("journal record of " + length + " bytes, at most " + MAX_PAYLOAD);
        }
        var out = ByteBuffer.allocate(HEADER + length);
        out.position(HEADER);
        out.put((byte) entry.kind().ordinal()).put((byte) id.length).put(id).put(entry.json());
        out.putInt(0, length).putInt(4, crc(out.array(), HEADER, length));
        return out.array();
    }

    /** The entry whose frame begins at the offset, or null when no sound frame does. */
    static @Nullable Entry decode(byte[] bytes, int offset, int limit) {
        int length = payloadLength(bytes, offset, limit);
        if (length < 0) {
            return null;
        }
        var in = ByteBuffer.wrap(bytes);
        if (in.getInt(offset + 4) != crc(bytes, offset + HEADER, length)) {
            return null;
        }
        int kind = bytes[offset + HEADER];
        int idLength = bytes[offset + HEADER + 1];
        if (kind < 0 || kind >= Entry.Kind.values().length || idLength < 0 || MIN_PAYLOAD + idLength > length) {
            return null;
        }
        int idAt = offset + HEADER + MIN_PAYLOAD;
        var json = new byte[length - MIN_PAYLOAD - idLength];
        System.arraycopy(bytes, idAt + idLength, json, 0, json.length);
        return new Entry(Entry.Kind.values()[kind], new String(bytes, idAt, idLength, StandardCharsets.US_ASCII), json);
    }

    static int sizeOf(Entry entry) {
        return HEADER + MIN_PAYLOAD + entry.requestId().length() + entry.json().length;
    }

    /** The payload length a header claims, or -1 when it cannot be one that lies before the limit. */
    private static int payloadLength(byte[] bytes, int offset, int limit) {
        if (offset + HEADER > limit) {
            return -1;
        }
        int length = ByteBuffer.wrap(bytes).getInt(offset);
        return length < MIN_PAYLOAD || length > MAX_PAYLOAD || offset + HEADER + length > limit ? -1 : length;
    }

    private static int crc(byte[] bytes, int offset, int length) {
        var crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
