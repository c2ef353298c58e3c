package io.llmplatform.command.login;

/** Keeps a flood of failed logins from filling the event store, which keeps everything for ever. */
interface FailureBudget {
    /** Counts a failure; whether it may become an event. */
    boolean spend();

    /** How many of earlier minutes became none; told once, in the transaction of the event that tells it. */
    long takeUnrecorded();
}
