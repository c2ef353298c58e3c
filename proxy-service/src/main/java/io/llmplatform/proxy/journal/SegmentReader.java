package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the sound entries of a segment in order. A torn or flipped record costs itself only: the reader looks for the
 * next frame whose checksum holds.
 */
final class SegmentReader {
    private static final int CHUNK = 1 << 20;

    private final Path file;

    SegmentReader(Path file) {
        this.file = file;
    }

    /** What one pass saw. */
    interface Visitor {
        /** @return false to stop after this entry */
        boolean entry(Entry entry, long end);

        /** Bytes that hold no sound entry. */
        void damaged(long offset, long length);
    }

    /** @return the offset up to which the segment was read */
    long read(long from, long limit, Visitor visitor) throws IOException {
        if (!Files.exists(file)) {
            return from;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = Math.min(limit, channel.size());
            long at = from;
            long damagedFrom = -1;
            while (at < end) {
                var chunk = chunk(channel, at, end);
                boolean last = at + chunk.length >= end;
                int offset = 0;
                // A frame may be cut by the chunk's border: leave the tail to the next chunk.
                while (offset < chunk.length && (last || chunk.length - offset >= Frames.HEADER + Frames.MAX_PAYLOAD)) {
                    var entry = Frames.decode(chunk, offset, chunk.length);
                    if (entry == null) {
                        damagedFrom = damagedFrom < 0 ? at + offset : damagedFrom;
                        offset++;
                        continue;
                    }
                    if (damagedFrom >= 0) {
                        visitor.damaged(damagedFrom, at + offset - damagedFrom);
                        damagedFrom = -1;
                    }
                    offset += Frames.sizeOf(entry);
                    if (!visitor.entry(entry, at + offset)) {
                        return at + offset;
                    }
                }
                at += offset;
            }
            if (damagedFrom >= 0) {
                visitor.damaged(damagedFrom, end - damagedFrom);
            }
            return Math.max(from, end);
        }
    }

    private static byte[] chunk(FileChannel channel, long at, long end) throws IOException {
        var buffer = ByteBuffer.allocate((int) Math.min(CHUNK, end - at));
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("segment shrank while being read");
            }
        }
        return buffer.array();
    }
}
