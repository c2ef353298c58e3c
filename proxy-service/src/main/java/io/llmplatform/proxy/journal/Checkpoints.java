package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.usage.UsageRecord;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's dealings with what the journal carries. State that throws costs no record. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final Carried carried;

    /** The newest segment that begins with a whole checkpoint: it and later ones must stay. */
    private volatile long kept;

    private volatile int head;

    /** @param kept the first segment that what is carried now was read from */
    Checkpoints(Carried carried, long kept) {
        this.carried = carried;
        this.kept = kept;
    }

    /** Older segments are not needed to bring back what is carried. */
    long kept() {
        return kept;
    }

    /** Size of the current segment's checkpoint: it counts neither for the segment's size nor for the journal's. */
    int head() {
        return head;
    }

    /** What a segment begins with; absent when it cannot be made: then older segments have to stay. */
    Optional<byte[]> make() {
        try {
            return Optional.of(Checkpoint.encode(carried.parts()));
        } catch (RuntimeException e) {
            LOG.error("journal: a segment begins without a checkpoint", e);
            return Optional.empty();
        }
    }

    void written(long segment, Optional<byte[]> checkpoint) {
        head = checkpoint.map(whole -> whole.length).orElse(0);
        kept = checkpoint.isPresent() ? segment : kept;
    }

    void fold(UsageRecord outcome) {
        try {
            carried.fold(outcome);
        } catch (RuntimeException e) {
            LOG.error("journal: outcome of {} cannot be counted", outcome.requestId(), e);
        }
    }
}
