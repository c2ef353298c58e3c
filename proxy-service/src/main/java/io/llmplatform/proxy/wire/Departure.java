package io.llmplatform.proxy.wire;

import io.llmplatform.contracts.usage.UsageRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of one request, by its whole answer or by its client's leaving. Confined to one event loop. */
public final class Departure {
    private final List<Runnable> waiting = new ArrayList<>(3);
    private @Nullable Runnable last;
    private @Nullable UsageRecord record;
    private boolean over;

    /** Runs when it is over; at once when it is already. */
    public void then(Runnable action) {
        if (over) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    /** Runs behind all others. */
    public void last(Runnable action) {
        last = action;
    }

    /** What became of it, for whoever looks at its end. */
    public void recorded(UsageRecord outcome) {
        record = outcome;
    }

    /** Absent when it was no call, or nobody knows whose. */
    public @Nullable UsageRecord record() {
        return record;
    }

    /** A second time does nothing. */
    public void over() {
        if (over) {
            return;
        }
        over = true;
        waiting.forEach(Runnable::run);
        waiting.clear();
        if (last != null) {
            last.run();
        }
    }
}
