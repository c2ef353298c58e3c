package io.llmplatform.command.change;

import io.llmplatform.command.refusal.Refusal;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** {@code If-Match}, checked where it is race-free: inside the aggregate. Checked anew when the command is tried again. */
public final class ExpectedVersion {
    private ExpectedVersion() {}

    /** @throws Refusal.StaleVersion when a version is expected and it is not the current one */
    public static void check(@Nullable Long expected) {
        long current = AggregateLifecycle.getVersion();
        if (expected != null && expected != current) {
            throw new Refusal.StaleVersion(expected, current);
        }
    }
}
