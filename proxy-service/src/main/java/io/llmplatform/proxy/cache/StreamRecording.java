package io.llmplatform.proxy.cache;

import io.llmplatform.proxy.usage.Tokens;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stream that came to its proper end, one behind the other.
 *
 * @param ends offset behind each event, rising
 */
public record StreamRecording(byte[] bytes, int[] ends, Tokens tokens, Instant storedAt) implements CacheEntry {
    private static final int OVERHEAD = 192;

    public int size() {
        return ends.length;
    }

    /** A copy, exactly as it was recorded. */
    public byte[] event(int index) {
        return Arrays.copyOfRange(bytes, index == 0 ? 0 : ends[index - 1], ends[index]);
    }

    @Override
    public int weight() {
        return bytes.length + Integer.BYTES * ends.length + OVERHEAD;
    }

    /**
     * Listens to a stream while it passes. Once that is longer than the bound, it forgets what it has and hears no more. For
     * one request, on its event loop.
     */
    public static final class Recorder {
        private static final int NEVER = -1;

        private final int maxBytes;
        private byte[] bytes = new byte[1024];
        private int[] ends = new int[32];
        private int size;
        private int count;

        /** @param maxBytes {@link CacheSettings#maxEntryBytes} */
        public Recorder(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        public void event(byte[] event) {
            if (count == NEVER) {
                return;
            }
            if ((long) size + event.length + (long) Integer.BYTES * (count + 1) + OVERHEAD > maxBytes) {
                count = NEVER;
                bytes = new byte[0];
                ends = new int[0];
                return;
            }
            if (size + event.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + event.length));
            }
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            System.arraycopy(event, 0, bytes, size, event.length);
            size += event.length;
            ends[count++] = size;
        }

        /** For a stream that ended as it should; one that broke off is not to be kept. Absent when it was empty or too long. */
        public @Nullable StreamRecording finished(Tokens tokens, Instant now) {
            return count <= 0
                    ? null
                    : new StreamRecording(Arrays.copyOf(bytes, size), Arrays.copyOf(ends, count), tokens, now);
        }
    }
}
