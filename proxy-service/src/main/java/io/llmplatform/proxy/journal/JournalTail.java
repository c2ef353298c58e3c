package io.llmplatform.proxy.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads outcomes behind the writer and drops segments once they are acknowledged. For one thread. */
public final class JournalTail {
    private static final Logger LOG = LoggerFactory.getLogger(JournalTail.class);
    private static final long PERSIST_EVERY_NANOS = Duration.ofMillis(200).toNanos();

    private final SegmentFiles files;
    private final JournalWriter writer;
    private final ProgressFile progressFile;
    private Position position;
    private long persistedAt = System.nanoTime();
    private boolean first = true;
    private boolean persistFails;
    private volatile @Nullable Thread waiting;

    JournalTail(SegmentFiles files, JournalWriter writer, ProgressFile progressFile, Position position) {
        this.files = files;
        this.writer = writer;
        this.progressFile = progressFile;
        this.position = position;
        writer.onWritten(() -> LockSupport.unpark(waiting));
    }

    /**
     * Outcomes not yet acknowledged.
     *
     * @param end hand it to {@link #acknowledge} when all of them are published
     */
    public record Batch(List<Entry> outcomes, Position end) {}

    /** The next outcomes, the same again until they are acknowledged. */
    public Batch read(int max) throws IOException {
        var outcomes = new ArrayList<Entry>();
        var at = position;
        while (outcomes.size() < max) {
            var written = writer.segment.written;
            boolean closed = at.segment() < written.segment();
            if (!closed && (at.segment() > written.segment() || at.offset() >= written.offset())) {
                break;
            }
            long end = readSegment(at, closed ? Long.MAX_VALUE : written.offset(), max, outcomes);
            if (!closed && end == at.offset()) {
                break;
            }
            at = new Position(at.segment(), end);
            if (closed && outcomes.size() < max) {
                at = new Position(following(at.segment()), 0);
            }
        }
        return new Batch(outcomes, at);
    }

    private long readSegment(Position at, long limit, int max, List<Entry> outcomes) throws IOException {
        return new SegmentReader(files.path(at.segment())).read(at.offset(), limit, new SegmentReader.Visitor() {
            @Override
            public boolean entry(Entry entry, long end) {
                if (entry.kind() == Entry.Kind.OUTCOME) {
                    outcomes.add(entry);
                }
                return outcomes.size() < max;
            }

            @Override
            public void damaged(long offset, long length) {
                // Told once, by the recovery at start-up.
            }
        });
    }

    private long following(long segment) throws IOException {
        return files.list().stream()
                .filter(number -> number > segment)
                .findFirst()
                .orElse(writer.segment.written.segment());
    }

    /** Everything up to the end of the batch is safe with the broker: persists that and frees what nobody needs. */
    public void acknowledge(Batch batch) throws IOException {
        if (batch.end().equals(position)) {
            return;
        }
        boolean newSegment = batch.end().segment() != position.segment();
        position = batch.end();
        writer.unpublished.addAndGet(-batch.outcomes().size());
        if (newSegment || System.nanoTime() - persistedAt > PERSIST_EVERY_NANOS) {
            persistIfPossible();
        }
        if (!newSegment && !first && !writer.full()) {
            return;
        }
        first = false;
        free();
    }

    /** A disk that is full takes no progress file, and it is here that room is made: losing it costs duplicates only. */
    private void persistIfPossible() {
        try {
            persist();
            persistFails = false;
        } catch (IOException e) {
            if (!persistFails) {
                persistFails = true;
                LOG.warn("journal: progress cannot be written down: {}", e.toString());
            }
        }
    }

    /** Writes down how far the broker has acknowledged; what is not written down is published again after a restart. */
    public void persist() throws IOException {
        persistedAt = System.nanoTime();
        progressFile.write(position);
    }

    private void free() throws IOException {
        long keep = writer.openStarts.values().stream()
                .mapToLong(Long::longValue)
                .reduce(Math.min(position.segment(), writer.segment.written.segment()), Math::min);
        keep = Math.min(keep, writer.checkpoints.kept());
        for (long segment : files.list()) {
            if (segment < keep) {
                writer.totalBytes.addAndGet(-files.delete(segment));
            }
        }
    }

    /** Waits until something was written or the time is over. */
    public void await(Duration atMost) {
        waiting = Thread.currentThread();
        if (position.compareTo(writer.segment.written) >= 0) {
            LockSupport.parkNanos(atMost.toNanos());
        }
        waiting = null;
    }
}
