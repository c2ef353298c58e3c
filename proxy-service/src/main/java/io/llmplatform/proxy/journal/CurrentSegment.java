package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The segment that is being written, and its change to the next. All but {@link #sync} is for whoever has the writer's turn. */
final class CurrentSegment {
    private static final Logger LOG = LoggerFactory.getLogger(CurrentSegment.class);
    private static final Optional<byte[]> NO_CHECKPOINT = Optional.empty();

    private final JournalSettings settings;
    private final SegmentFiles files;
    private final SegmentOutput.Opener opener;
    private final Checkpoints checkpoints;
    private volatile @Nullable SegmentOutput output;
    private volatile boolean dirty;
    private volatile boolean rollWanted;

    /** The end of what is written whole. */
    volatile Position written;

    CurrentSegment(
            JournalSettings settings,
            SegmentFiles files,
            SegmentOutput.Opener opener,
            Checkpoints checkpoints,
            long firstSegment) {
        this.settings = settings;
        this.files = files;
        this.opener = opener;
        this.checkpoints = checkpoints;
        this.written = new Position(firstSegment - 1, Long.MAX_VALUE);
    }

    /** Whether the next write is nothing but an append. */
    boolean onlyAppends() {
        return output != null
                && !rollWanted
                && !settings.fsyncAlways().getAsBoolean()
                && hasRoom()
                && written.offset() > 0;
    }

    private boolean hasRoom() {
        return written.offset() - checkpoints.head() < settings.segmentBytes();
    }

    /** Bytes of records, without the checkpoint at its head. */
    long ownBytes() {
        return written.offset() - checkpoints.head();
    }

    /** The next write begins a new segment. */
    void roll() {
        rollWanted = true;
    }

    /**
     * Writes all of it, with a checkpoint before it where a segment begins. When it throws, {@link #failed} is to follow.
     *
     * @return the segment it went to and how many bytes that took
     */
    Position append(ByteBuffer frames) throws IOException {
        var out = open();
        var checkpoint = NO_CHECKPOINT;
        boolean begins = written.offset() == 0;
        int size = frames.remaining();
        if (begins) {
            checkpoint = checkpoints.make();
            if (checkpoint.isPresent()) {
                var head = checkpoint.get();
                size += head.length;
                var whole = ByteBuffer.allocate(size).put(head).put(frames).flip();
                out.write(whole);
            } else {
                out.write(frames);
            }
        } else {
            out.write(frames);
        }
        // A checkpoint is synced at once: older segments, which it replaces, may be deleted next.
        boolean sync = settings.fsyncAlways().getAsBoolean() || checkpoint.isPresent();
        if (sync) {
            // What the disk holds after a failed sync is not known: then this segment is not written on.
            rollWanted = true;
            out.force();
            rollWanted = false;
        }
        dirty = !sync;
        if (begins) {
            checkpoints.written(written.segment(), checkpoint);
        }
        return new Position(written.segment(), size);
    }

    /** What {@link #append} gave is on record from now on. */
    void advance(Position appended) {
        written = new Position(appended.segment(), written.offset() + appended.offset());
    }

    /** Ends the segment with its last sound record again; where that fails too, it is not written on. */
    void failed() {
        if (!cutBack() || rollWanted) {
            close();
        }
    }

    private boolean cutBack() {
        var out = output;
        if (out == null) {
            return false;
        }
        try {
            out.truncate(written.offset());
            return true;
        } catch (IOException torn) {
            LOG.warn("journal: a torn record stays at the end of segment {}", written.segment());
            return false;
        }
    }

    private SegmentOutput open() throws IOException {
        var out = output;
        if (out != null && hasRoom() && !rollWanted) {
            return out;
        }
        if (out != null) {
            out.force();
            close();
        }
        rollWanted = false;
        // A failed attempt may have left a file of this number with nothing sound in it.
        long segment = written.offset() == 0 ? written.segment() : written.segment() + 1;
        files.delete(segment);
        var next = opener.open(files.path(segment));
        output = next;
        written = new Position(segment, 0);
        return next;
    }

    /** Called by the background sync. */
    void sync() {
        var out = output;
        if (!dirty || out == null) {
            return;
        }
        dirty = false;
        try {
            out.force();
        } catch (ClosedChannelException e) {
            LOG.debug("segment was closed (and synced) meanwhile");
        } catch (IOException e) {
            LOG.error("journal: fsync failed, going on in a new segment", e);
            rollWanted = true;
        }
    }

    void close() {
        var out = output;
        output = null;
        if (out == null) {
            return;
        }
        try (out) {
            out.force();
        } catch (IOException e) {
            LOG.warn("journal: closing segment {} failed: {}", written.segment(), e.getMessage());
        }
    }
}
