package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.usage.UsageJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A record on its way into the journal. */
record Pending(Entry.Kind kind, UsageRecord record, byte[] frame, Ack ack) {
    private static final Logger LOG = LoggerFactory.getLogger(Pending.class);

    /** Absent for a record that cannot be written; its listener has been told. */
    static Optional<Pending> of(Entry.Kind kind, UsageRecord record, Ack ack) {
        try {
            var frame = Frames.encode(new Entry(kind, record.requestId(), UsageJson.of(record)));
            return Optional.of(new Pending(kind, record, frame, ack));
        } catch (RuntimeException e) {
            LOG.error("journal: record of {} cannot be written", record.requestId(), e);
            tell(record.requestId(), ack, JournalRefusal.DISK);
            return Optional.empty();
        }
    }

    void told(@Nullable JournalRefusal refusal) {
        tell(record.requestId(), ack, refusal);
    }

    /** A listener that throws (its event loop may be gone) must not end the writer. */
    private static void tell(String requestId, Ack ack, @Nullable JournalRefusal refusal) {
        try {
            ack.done(refusal);
        } catch (RuntimeException e) {
            LOG.warn("journal: nobody to hear what became of the record of {}: {}", requestId, e.toString());
        }
    }
}
