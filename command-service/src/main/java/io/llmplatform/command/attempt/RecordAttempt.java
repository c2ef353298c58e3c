package io.llmplatform.command.attempt;

import io.llmplatform.contracts.event.AttemptEvent;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** Stores what happened already; nothing is decided any more. */
record RecordAttempt(@TargetAggregateIdentifier String attemptId, AttemptEvent attempt) {
    static RecordAttempt of(AttemptEvent attempt) {
        return new RecordAttempt(attempt.attemptId(), attempt);
    }
}
