package io.llmplatform.command.eventstore;

/**
 * For aggregates that grow with what is done to them: {@code @Aggregate(snapshotTriggerDefinition =
 * Snapshots.AFTER_MANY_EVENTS)}. Such a class needs a constructor without parameters, and fields that are neither final
 * nor of a type that the contracts' JSON does not know.
 */
public final class Snapshots {
    public static final String AFTER_MANY_EVENTS = "snapshots";

    private Snapshots() {}
}
