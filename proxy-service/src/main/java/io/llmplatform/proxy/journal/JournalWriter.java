package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Everything queued goes out in one write(2) and is acknowledged together. When the disk
 * refuses, starts are refused and outcomes wait: the writer tries again until it takes them.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int MAX_BATCH_BYTES = 1 << 20;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final byte[] PROBE = Frames.encode(new Entry(Entry.Kind.PROBE, "", new byte[0]));

    private static final Optional<byte[]> NO_CHECKPOINT = Optional.empty();

    private final JournalSettings settings;
    private final SegmentFiles files;
    private final SegmentOutput.Opener opener;
    final Checkpoints checkpoints;
    private final Queue<Append> queue = new ConcurrentLinkedQueue<>();
    private final List<Encoded> batch = new ArrayList<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(MAX_BATCH_BYTES);

    /** Segment of the start record of every request under way: these segments must stay. */
    final Map<String, Long> openStarts = new ConcurrentHashMap<>();

    final AtomicLong totalBytes = new AtomicLong();
    final AtomicLong unpublished = new AtomicLong();
    volatile Position written;
    volatile boolean failing;
    private volatile @Nullable SegmentOutput output;
    private volatile boolean dirty;
    private volatile boolean rollWanted;
    private volatile boolean closing;
    private volatile boolean parked;
    private volatile @Nullable Thread thread;
    private volatile Runnable afterWrite = () -> {};

    record Append(Entry.Kind kind, String requestId, UsageRecord record, Ack ack) {
        /** A listener that throws (its event loop may be gone) must not end the writer. */
        void told(@Nullable JournalRefusal refusal) {
            try {
                ack.done(refusal);
            } catch (RuntimeException e) {
                LOG.warn("journal: nobody to hear what became of the record of {}: {}", requestId, e.toString());
            }
        }
    }

    private record Encoded(Append append, byte[] frame) {}

    JournalWriter(
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

    void submit(Append append) {
        queue.add(append);
        if (parked) {
            LockSupport.unpark(thread);
        }
    }

    void onWritten(Runnable listener) {
        this.afterWrite = listener;
    }

    /** Ends the thread once everything queued is written, or refused when the disk does not take it. */
    void close() {
        closing = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        thread = Thread.currentThread();
        while (true) {
            fill();
            if (!batch.isEmpty() || failing || makesRoom()) {
                write();
            }
            if (closing && queue.isEmpty() && (batch.isEmpty() || failing)) {
                break;
            }
            if (failing) {
                LockSupport.parkNanos(RETRY_NANOS);
            } else if (queue.isEmpty()) {
                park();
            }
        }
        batch.forEach(encoded -> encoded.append.told(JournalRefusal.DISK));
        closeOutput();
    }

    private void park() {
        parked = true;
        if (queue.isEmpty() && !closing) {
            LockSupport.parkNanos(IDLE_NANOS);
        }
        parked = false;
    }

    private void fill() {
        int size = batch.stream().mapToInt(encoded -> encoded.frame.length).sum();
        while (size < MAX_BATCH_BYTES) {
            var append = queue.poll();
            if (append == null) {
                return;
            }
            try {
                var json = ContractJson.mapper().writeValueAsBytes(append.record);
                var frame = Frames.encode(new Entry(append.kind, append.requestId, json));
                batch.add(new Encoded(append, frame));
                size += frame.length;
            } catch (RuntimeException e) {
                LOG.error("journal: record of {} cannot be written", append.requestId, e);
                append.told(JournalRefusal.DISK);
            }
        }
    }

    boolean full() {
        return totalBytes.get() - checkpoints.head() >= settings.maxBytes();
    }

    /** Full of what the broker has already: only when the next segment begins can the current one go. */
    private boolean makesRoom() {
        if (!full() || unpublished.get() > 0 || written.offset() - checkpoints.head() <= PROBE.length || closing) {
            return false;
        }
        rollWanted = true;
        return true;
    }

    private void write() {
        var checkpoint = NO_CHECKPOINT;
        try {
            var out = output();
            bytes.reset();
            if (written.offset() == 0) {
                checkpoint = checkpoints.make();
                checkpoint.ifPresent(bytes::writeBytes);
            }
            int begins = bytes.size();
            batch.forEach(encoded -> bytes.writeBytes(encoded.frame));
            if (batch.isEmpty()) {
                bytes.writeBytes(PROBE);
            }
            out.write(ByteBuffer.wrap(bytes.toByteArray()));
            // A checkpoint is synced at once: older segments, which it replaces, may be deleted next.
            if (settings.fsyncAlways() || begins > 0) {
                // What the disk holds after a failed sync is not known: then this segment is not written on.
                rollWanted = true;
                out.force();
                rollWanted = false;
            }
            dirty = !settings.fsyncAlways();
        } catch (IOException e) {
            failed(e);
            return;
        }
        if (failing) {
            failing = false;
            LOG.info("journal: the disk takes writes again");
        }
        var at = written;
        if (at.offset() == 0) {
            checkpoints.written(at.segment(), checkpoint);
        }
        written(at);
    }

    private void written(Position at) {
        totalBytes.addAndGet(bytes.size());
        for (var encoded : batch) {
            var append = encoded.append;
            if (append.kind == Entry.Kind.START) {
                openStarts.put(append.requestId, at.segment());
            } else {
                openStarts.remove(append.requestId);
                unpublished.incrementAndGet();
                checkpoints.fold(append.record);
            }
        }
        written = new Position(at.segment(), at.offset() + bytes.size());
        batch.forEach(encoded -> encoded.append.told(null));
        batch.clear();
        afterWrite.run();
    }

    private void failed(IOException e) {
        if (!failing) {
            LOG.error("journal: the disk refuses writes, new requests get 503 until it takes them again", e);
        }
        failing = true;
        if (!cutBack() || rollWanted) {
            closeOutput();
        }
        batch.removeIf(encoded -> {
            boolean start = encoded.append.kind == Entry.Kind.START;
            if (start) {
                encoded.append.told(JournalRefusal.DISK);
            }
            return start;
        });
    }

    /** @return whether the segment ends with its last sound record again */
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

    private SegmentOutput output() throws IOException {
        var out = output;
        if (out != null && written.offset() - checkpoints.head() < settings.segmentBytes() && !rollWanted) {
            return out;
        }
        if (out != null) {
            out.force();
            closeOutput();
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

    /** Called by the background fsync. */
    void force() {
        var out = output;
        if (!dirty || out == null) {
            return;
        }
        dirty = false;
        try {
            out.force();
        } catch (java.nio.channels.ClosedChannelException e) {
            LOG.debug("segment was closed (and synced) meanwhile");
        } catch (IOException e) {
            LOG.error("journal: fsync failed, going on in a new segment", e);
            rollWanted = true;
        }
    }

    private void closeOutput() {
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
