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
        if (journal.startQueued(ifNoOutcome, ack)) {
            writeAtEndOfTurn();
        }
    }

    /** As {@link Journal#outcome}. */
    public void outcome(UsageRecord record, Ack ack) {
        if (journal.outcomeQueued(record, ack)) {
            writeAtEndOfTurn();
        }
    }

    /** As {@link Journal#refusesStarts}. */
    public @Nullable JournalRefusal refusesStarts() {
        return journal.refusesStarts();
    }

    private void writeAtEndOfTurn() {
        if (!due) {
            due = true;
            endOfTurn.execute(() -> {
                due = false;
                journal.writeQueued();
            });
        }
    }
}
