package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends, one writer at a time. Whoever has queued a record writes all that is queued in one write(2), unless somebody is
 * at it already and takes the record along: to hand it to another thread and back would cost more than the write. What may
 * take long (a new segment, a sync, a disk that refuses) is left to the writer's own thread. While the disk refuses,
 * starts are refused and outcomes wait.
 */
final class JournalWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
    private static final int MAX_BATCH_BYTES = 256 * 1024;
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final byte[] PROBE = Frames.encode(new Entry(Entry.Kind.PROBE, "", new byte[0]));

    private final JournalSettings settings;
    final CurrentSegment segment;
    final Checkpoints checkpoints;
    private final Queue<Pending> queue = new ConcurrentLinkedQueue<>();

    /** Whoever has set it may touch the batch, the buffer and the segment. */
    private final AtomicBoolean turn = new AtomicBoolean();

    private final List<Pending> batch = new ArrayList<>();
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_BATCH_BYTES + Frames.HEADER + Frames.MAX_PAYLOAD);

    /** Segment of the start record of every request under way: these segments must stay. */
    final Map<String, Long> openStarts = new ConcurrentHashMap<>();

    final AtomicLong totalBytes = new AtomicLong();
    final AtomicLong unpublished = new AtomicLong();
    volatile boolean failing;
    private volatile boolean closing;
    private volatile boolean parked;
    private volatile @Nullable Thread thread;
    private volatile Runnable afterWrite = () -> {};

    JournalWriter(JournalSettings settings, CurrentSegment segment, Checkpoints checkpoints) {
        this.settings = settings;
        this.segment = segment;
        this.checkpoints = checkpoints;
    }

    void queue(Pending pending) {
        queue.add(pending);
    }

    /** Sees to it that what is queued gets written. */
    void write() {
        // Again after each turn: what was queued while somebody had it would otherwise wait for the next record.
        while (!queue.isEmpty() && appendsOnly() && turn.compareAndSet(false, true)) {
            step(appendsOnly());
        }
        if (parked && !appendsOnly() && (failing || !queue.isEmpty())) {
            LockSupport.unpark(thread);
        }
    }

    private boolean appendsOnly() {
        return !failing && !closing && segment.onlyAppends();
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
        boolean ended = false;
        boolean lastTry = false;
        while (!ended) {
            if (!turn.compareAndSet(false, true)) {
                Thread.onSpinWait();
                continue;
            }
            ended = closing && ((queue.isEmpty() && batch.isEmpty()) || (failing && lastTry));
            lastTry = closing;
            step(!ended);
            if (!ended) {
                rest();
            }
        }
        batch.forEach(pending -> pending.told(JournalRefusal.DISK));
        for (var pending = queue.poll(); pending != null; pending = queue.poll()) {
            pending.told(JournalRefusal.DISK);
        }
        segment.close();
    }

    private void rest() {
        if (failing) {
            LockSupport.parkNanos(RETRY_NANOS);
        } else if (queue.isEmpty()) {
            parked = true;
            // Seen here or seen by write(): one of the two looks later than the other wrote.
            if (queue.isEmpty() && !closing && !failing) {
                LockSupport.parkNanos(IDLE_NANOS);
            }
            parked = false;
        }
    }

    /** With the turn, which it gives back before the listeners are told: they may queue again. */
    private void step(boolean work) {
        var told = List.<Pending>of();
        JournalRefusal refusal = null;
        try {
            if (work) {
                fill();
                if (!batch.isEmpty() || failing || makesRoom()) {
                    boolean taken = append();
                    told = taken ? List.copyOf(batch) : starts();
                    refusal = taken ? null : JournalRefusal.DISK;
                    batch.removeIf(pending -> taken || pending.kind() == Entry.Kind.START);
                }
            }
        } finally {
            turn.set(false);
        }
        for (var pending : told) {
            pending.told(refusal);
        }
        if (!told.isEmpty() && refusal == null) {
            afterWrite.run();
        }
    }

    private void fill() {
        int size = batch.stream().mapToInt(pending -> pending.frame().length).sum();
        while (size < MAX_BATCH_BYTES) {
            var next = queue.poll();
            if (next == null) {
                return;
            }
            batch.add(next);
            size += next.frame().length;
        }
    }

    boolean full() {
        return totalBytes.get() - checkpoints.head() >= settings.maxBytes();
    }

    /** Full of what the broker has already: only when the next segment begins can the current one go. */
    private boolean makesRoom() {
        if (!full() || unpublished.get() > 0 || segment.ownBytes() <= PROBE.length || closing) {
            return false;
        }
        segment.roll();
        return true;
    }

    /** @return whether the disk took it */
    private boolean append() {
        bytes.clear();
        for (var pending : batch) {
            bytes.put(pending.frame());
        }
        if (batch.isEmpty()) {
            bytes.put(PROBE);
        }
        Position appended;
        try {
            appended = segment.append(bytes.flip());
        } catch (IOException e) {
            if (!failing) {
                LOG.error("journal: the disk refuses writes, new requests get 503 until it takes them again", e);
            }
            failing = true;
            segment.failed();
            return false;
        }
        if (failing) {
            failing = false;
            LOG.info("journal: the disk takes writes again");
        }
        totalBytes.addAndGet(appended.offset());
        batch.forEach(pending -> written(pending, appended.segment()));
        segment.advance(appended);
        return true;
    }

    private void written(Pending pending, long to) {
        var requestId = pending.record().requestId();
        if (pending.kind() == Entry.Kind.START) {
            openStarts.put(requestId, to);
        } else {
            openStarts.remove(requestId);
            unpublished.incrementAndGet();
            checkpoints.fold(pending.record());
        }
    }

    private List<Pending> starts() {
        return batch.stream()
                .filter(pending -> pending.kind() == Entry.Kind.START)
                .toList();
    }
}
