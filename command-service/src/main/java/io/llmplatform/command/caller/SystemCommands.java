package io.llmplatform.command.caller;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventMeta;
import io.llmplatform.contracts.event.Personal;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sends commands on behalf of a part of the system, with no person behind it. */
@Component
public class SystemCommands {
    private final CommandGateway gateway;

    SystemCommands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /** @param part such as {@code demo-seed}; the actor of the events */
    public void send(String part, Object command) {
        send(new EventMeta(Actor.system(part), null, null, null, null), command);
    }

    /**
     * For what a request has led to without anybody being logged in.
     *
     * @param subject whose address and device it may be: their personal data
     */
    public void send(String part, Caller.Origin origin, String subject, Object command) {
        send(
                new EventMeta(
                        Actor.system(part),
                        personal(subject, origin.ip()),
                        personal(subject, origin.userAgent()),
                        origin.requestId(),
                        origin.reason()),
                command);
    }

    private void send(EventMeta meta, Object command) {
        gateway.sendAndWait(new GenericCommandMessage<>(command, CallerMetadata.of(meta)));
    }

    private static @Nullable Personal personal(String subject, @Nullable String value) {
        return value == null ? null : new Personal(subject, value);
    }
}
