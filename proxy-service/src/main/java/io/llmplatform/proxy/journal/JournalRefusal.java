package io.llmplatform.proxy.journal;

/** Why the journal did not take a record. */
public enum JournalRefusal {
    /** {@link JournalSettings#maxBytes()} reached: the broker has been away for too long. */
    FULL,
    /** The disk refuses writes. */
    DISK,
    /** The journal is closing. */
    CLOSED
}
