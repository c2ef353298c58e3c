package io.llmplatform.proxy.journal;

import io.llmplatform.contracts.usage.UsageRecord;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's way into the journal: what is recorded during one turn of the loop is written together at the turn's
 * end, so that the busier the loop, the fewer the writes. Confined to its loop; acknowledged there, or by another's thread.
 */
public final class JournalLane {
    private final Journal journal;
    private final Executor endOfTurn;
    private boolean due;

    /** @param endOfTurn runs what it is given on the same loop, once what is happening now is done */
    public JournalLane(Journal journal, Executor endOfTurn) {
        this.journal = journal;
        this.endOfTurn = endOfTurn;
    }

    /** As {@link Journal#start}. */
    public void start(UsageRecord ifNoOutcome, Ack ack) {
        var refusal = journal.refusesStarts();
        if (refusal != null) {
            ack.done(refusal);
        } else {
            append(Entry.Kind.START, ifNoOutcome, ack);
        }
    }

    /** As {@link Journal#outcome}. */
    public void outcome(UsageRecord record, Ack ack) {
        append(Entry.Kind.OUTCOME, record, ack);
    }

    /** As {@link Journal#refusesStarts}. */
    public @Nullable JournalRefusal refusesStarts() {
        return journal.refusesStarts();
    }

    private void append(Entry.Kind kind, UsageRecord record, Ack ack) {
        if (journal.queued(kind, record, ack) && !due) {
            due = true;
            endOfTurn.execute(() -> {
                due = false;
                journal.writeQueued();
            });
        }
    }
}
