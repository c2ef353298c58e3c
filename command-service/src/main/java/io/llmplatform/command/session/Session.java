package io.llmplatform.command.session;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import io.llmplatform.command.session.SessionCommand.CloseSession;
import io.llmplatform.command.session.SessionCommand.OpenSession;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.SessionEvent.SessionClosed;
import io.llmplatform.contracts.event.SessionEvent.SessionOpened;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/** A login. Closed once, and for ever. */
@Aggregate(type = "session")
class Session {
    @AggregateIdentifier
    private @Nullable String id;

    private String userId = "";
    private boolean open;

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    long handle(OpenSession command, SessionRows rows) {
        var opening = command.opening();
        rows.open(command.sessionId(), opening);
        apply(new SessionOpened(
                command.sessionId(),
                opening.userId(),
                new Personal(opening.userId(), opening.username()),
                opening.expiresAt()));
        return getVersion();
    }

    @CommandHandler
    long handle(CloseSession command, SessionRows rows) {
        if (open) {
            var tokensExpireAt = rows.close(command.sessionId());
            apply(new SessionClosed(command.sessionId(), userId, command.reason(), tokensExpireAt));
        }
        return getVersion();
    }

    @EventSourcingHandler
    void on(SessionOpened event) {
        id = event.sessionId();
        userId = event.userId();
        open = true;
    }

    @EventSourcingHandler
    void on(SessionClosed event) {
        open = false;
    }
}
