package io.llmplatform.command.provider;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.caller.CallerMetadata;
import io.llmplatform.command.claim.NameClaims;
import io.llmplatform.command.provider.ProviderCommand.RewrapProviderSecret;
import io.llmplatform.command.secret.SealedThings;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.stereotype.Component;

/** The API keys of all providers, disabled ones too. */
@Component
class ProviderSecrets implements SealedThings {
    private final CommandGateway commands;
    private final NameClaims claims;

    ProviderSecrets(CommandGateway commands, NameClaims claims) {
        this.commands = commands;
        this.claims = claims;
    }

    @Override
    public int rewrap(Caller caller) {
        int count = 0;
        var meta = CallerMetadata.of(caller.meta());
        for (var id : claims.owners(NameClaims.Kind.PROVIDER)) {
            var message = new GenericCommandMessage<>(new RewrapProviderSecret(id), meta);
            if (Boolean.TRUE.equals(commands.<Boolean>sendAndWait(message))) {
                count++;
            }
        }
        return count;
    }
}
