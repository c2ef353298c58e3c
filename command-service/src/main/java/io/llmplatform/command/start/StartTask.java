package io.llmplatform.command.start;

/** Something that must have succeeded before the port opens. Runs at every start, so it must be harmless when repeated. */
public interface StartTask {
    /** Checks of what was configured and stored. */
    int CHECK = 0;

    /** What the service itself publishes. */
    int PUBLISH = 10;

    /** First accounts and the like. */
    int SEED = 20;

    int order();

    /** An exception ends the start. */
    void run();
}
