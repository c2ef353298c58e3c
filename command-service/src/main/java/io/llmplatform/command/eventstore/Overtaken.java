package io.llmplatform.command.eventstore;

import org.axonframework.modelling.command.ConcurrencyException;

/** Somebody else's transaction came first: the same command may succeed when it is done again. */
public final class Overtaken {
    private Overtaken() {}

    public static boolean isBehind(Throwable failure) {
        return failure instanceof ConcurrencyException || Deadlock.isBehind(failure);
    }
}
