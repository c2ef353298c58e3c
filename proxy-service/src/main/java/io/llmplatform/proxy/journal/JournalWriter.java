package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private final JournalSettings settings;
    private final SegmentFiles files;
    private final SegmentOutput.Opener opener;
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

    record Append(Entry.Kind kind, String requestId, UsageRecord record, Ack ack) {}

    private record Encoded(Append append, byte[] frame) {}

    JournalWriter(JournalSettings settings, SegmentFiles files, SegmentOutput.Opener opener, long firstSegment) {
        this.settings = settings;
        this.files = files;
        this.opener = opener;
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
            if (!batch.isEmpty() || failing) {
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
        batch.forEach(encoded -> encoded.append.ack.done(JournalRefusal.DISK));
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
                append.ack.done(JournalRefusal.DISK);
            }
        }
    }

    private void write() {
        bytes.reset();
        batch.forEach(encoded -> bytes.writeBytes(encoded.frame));
        if (batch.isEmpty()) {
            bytes.writeBytes(Frames.encode(new Entry(Entry.Kind.PROBE, "", new byte[0])));
        }
        try {
            var out = output();
            out.write(ByteBuffer.wrap(bytes.toByteArray()));
            if (settings.fsyncAlways()) {
                out.force();
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
        written();
    }

    private void written() {
        var at = written;
        totalBytes.addAndGet(bytes.size());
        for (var encoded : batch) {
            var append = encoded.append;
            if (append.kind == Entry.Kind.START) {
                openStarts.put(append.requestId, at.segment());
            } else {
                openStarts.remove(append.requestId);
                unpublished.incrementAndGet();
            }
        }
        written = new Position(at.segment(), at.offset() + bytes.size());
        batch.forEach(encoded -> encoded.append.ack.done(null));
        batch.clear();
        afterWrite.run();
    }

    private void failed(IOException e) {
        if (!failing) {
            LOG.error("journal: the disk refuses writes, new requests get 503 until it takes them again", e);
        }
        failing = true;
        var out = output;
        if (out != null) {
            try {
                out.truncate(written.offset());
            } catch (IOException torn) {
                LOG.warn("journal: a torn record stays at the end of segment {}", written.segment());
            }
        }
        closeOutput();
        batch.removeIf(encoded -> {
            boolean start = encoded.append.kind == Entry.Kind.START;
            if (start) {
                encoded.append.ack.done(JournalRefusal.DISK);
            }
            return start;
        });
    }

    private SegmentOutput output() throws IOException {
        var out = output;
        if (out != null && written.offset() < settings.segmentBytes() && !rollWanted) {
            return out;
        }
        if (out != null) {
            out.force();
            closeOutput();
        }
        rollWanted = false;
        long segment = written.segment() + 1;
        // A failed attempt may have left an empty file of this number.
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
        try {
            out.force();
            out.close();
        } catch (IOException e) {
            LOG.warn("journal: closing segment {} failed: {}", written.segment(), e.getMessage());
        }
    }
}
