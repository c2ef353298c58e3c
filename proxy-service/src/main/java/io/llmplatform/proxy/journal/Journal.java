package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The usage journal. A request's start is written before its upstream is asked, its outcome before its last byte leaves;
 * both survive the death of the process. Never blocks the caller.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final long FSYNC_MILLIS = 100;

    private final JournalSettings settings;
    private final FileChannel lock;
    private final JournalWriter writer;
    private final JournalTail tail;
    private final Thread thread;
    private final ScheduledExecutorService fsync;
    private volatile boolean closed;

    private Journal(JournalSettings settings, FileChannel lock, JournalWriter writer, JournalTail tail) {
        this.settings = settings;
        this.lock = lock;
        this.writer = writer;
        this.tail = tail;
        this.thread = Thread.ofPlatform().name("journal-writer").daemon().unstarted(writer);
        this.fsync = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("journal-fsync").daemon().factory());
    }

    /**
     * Opens the journal, gives every request that an earlier process left open its {@code unknown} outcome, and starts
     * writing.
     *
     * @throws IllegalStateException when another process holds the folder
     */
    public static Journal open(JournalSettings settings) throws IOException {
        return open(settings, Carried.NOTHING);
    }

    /** @param carried brought up to date before this returns, and kept so */
    public static Journal open(JournalSettings settings, Carried carried) throws IOException {
        return open(settings, SegmentOutput::file, carried);
    }

    static Journal open(JournalSettings settings, SegmentOutput.Opener opener) throws IOException {
        return open(settings, opener, Carried.NOTHING);
    }

    static Journal open(JournalSettings settings, SegmentOutput.Opener opener, Carried carried) throws IOException {
        Files.createDirectories(settings.directory());
        var lock = lock(settings);
        var files = new SegmentFiles(settings.directory());
        var progressFile = new ProgressFile(settings.directory());
        var segments = files.list();
        long oldest = segments.isEmpty() ? 1 : segments.getFirst();
        var progress = progressFile
                .read()
                .filter(position -> position.segment() >= oldest)
                .orElse(new Position(oldest, 0));
        var recovered = Recovery.scan(files, progress);
        long next = Math.max(segments.isEmpty() ? 0 : segments.getLast(), progress.segment()) + 1;

        long kept = carried == Carried.NOTHING ? Long.MAX_VALUE : Replay.into(carried, files);
        var checkpoints = new Checkpoints(carried, kept);
        var segment = new CurrentSegment(settings, files, opener, checkpoints, next);
        var writer = new JournalWriter(settings, segment, checkpoints);
        writer.totalBytes.set(recovered.bytes());
        writer.unpublished.set(recovered.unpublished());
        var tail = new JournalTail(files, writer, progressFile, progress);
        var journal = new Journal(settings, lock, writer, tail);
        recovered
                .orphans()
                .forEach(orphan ->
                        journal.outcome(ContractJson.mapper().readValue(orphan.json(), UsageRecord.class), refusal -> {
                            if (refusal != null) {
                                LOG.error("outcome 'unknown' of {} not written: {}", orphan.requestId(), refusal);
                            }
                        }));
        LOG.info(
                "journal {}: {} unpublished outcomes, {} requests left open by an earlier process, {} damaged bytes",
                settings.directory(),
                recovered.unpublished(),
                recovered.orphans().size(),
                recovered.damaged());
        journal.thread.start();
        journal.fsync.scheduleWithFixedDelay(segment::sync, FSYNC_MILLIS, FSYNC_MILLIS, TimeUnit.MILLISECONDS);
        return journal;
    }

    private static FileChannel lock(JournalSettings settings) throws IOException {
        var channel = FileChannel.open(
                settings.directory().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            LOG.debug("held by this very process");
        }
        channel.close();
        throw new IllegalStateException("journal " + settings.directory()
                + " is in use by another process; give each gateway a PROXY_DATA_DIR of its own");
    }

    /** @param ifNoOutcome what is published should this process die before the outcome is written */
    public void start(UsageRecord ifNoOutcome, Ack ack) {
        if (startQueued(ifNoOutcome, ack)) {
            writeQueued();
        }
    }

    /** Taken even when the journal is full: the request was let in. */
    public void outcome(UsageRecord record, Ack ack) {
        if (outcomeQueued(record, ack)) {
            writeQueued();
        }
    }

    /** Why a request would be refused now, or null. */
    public @Nullable JournalRefusal refusesStarts() {
        if (closed) {
            return JournalRefusal.CLOSED;
        }
        if (writer.failing) {
            return JournalRefusal.DISK;
        }
        return writer.full() ? JournalRefusal.FULL : null;
    }

    /** Outcomes that the broker has not acknowledged yet. */
    public long depth() {
        return writer.unpublished.get();
    }

    public long bytes() {
        return writer.totalBytes.get();
    }

    /** For the one thread that publishes. */
    public JournalTail tail() {
        return tail;
    }

    /** @return whether {@link #writeQueued} is due; otherwise the listener has been told */
    boolean startQueued(UsageRecord ifNoOutcome, Ack ack) {
        var refusal = refusesStarts();
        if (refusal != null) {
            ack.done(refusal);
            return false;
        }
        return queued(Entry.Kind.START, ifNoOutcome, ack);
    }

    /** @return as {@link #startQueued} */
    boolean outcomeQueued(UsageRecord record, Ack ack) {
        return queued(Entry.Kind.OUTCOME, record, ack);
    }

    private boolean queued(Entry.Kind kind, UsageRecord record, Ack ack) {
        if (closed) {
            ack.done(JournalRefusal.CLOSED);
            return false;
        }
        var pending = Pending.of(kind, record, ack);
        pending.ifPresent(writer::queue);
        return pending.isPresent();
    }

    void writeQueued() {
        writer.write();
    }

    /** Writes what is queued and lets go of the folder. */
    @Override
    public void close() throws IOException {
        closed = true;
        fsync.shutdownNow();
        writer.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(5));
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        lock.close();
    }
}
