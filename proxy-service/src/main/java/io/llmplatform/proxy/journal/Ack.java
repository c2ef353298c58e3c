package io.llmplatform.proxy.journal;

import org.jspecify.annotations.Nullable;

/** Told once what became of an append, on the writer's thread or the caller's: hop to your own before working. */
@FunctionalInterface
public interface Ack {
    /** @param refusal absent when the record is written */
    void done(@Nullable JournalRefusal refusal);
}
