package io.llmplatform.command.login;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.contracts.event.LoginFailed;
import io.llmplatform.contracts.event.Personal;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A refused login. Each is a stream of one event, so that none grows with the number of attempts. */
@Aggregate(type = "login")
class FailedLogin {
    @AggregateIdentifier
    private @Nullable String id;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(RecordFailedLogin command, FailureBudget budget) {
        long leftOut = budget.takeUnrecorded();
        apply(new LoginFailed(
                command.attemptId(),
                command.userId(),
                command.username(),
                command.reason(),
                leftOut == 0 ? null : leftOut));
        return getVersion();
    }

    @EventSourcingHandler
    void on(LoginFailed event) {
        id = event.attemptId();
    }

    /** @param username only that of an account there is */
    record RecordFailedLogin(
            @TargetAggregateIdentifier String attemptId,
            @Nullable String userId,
            @Nullable Personal username,
            LoginFailed.Reason reason) {}
}
