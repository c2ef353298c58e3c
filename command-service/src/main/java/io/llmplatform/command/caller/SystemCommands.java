package io.llmplatform.command.caller;

import io.llmplatform.contracts.event.Actor;
import io.llmplatform.contracts.event.EventMeta;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
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
        var meta = new EventMeta(Actor.system(part), null, null, null, null);
        gateway.sendAndWait(new GenericCommandMessage<>(command, CallerMetadata.of(meta)));
    }
}
