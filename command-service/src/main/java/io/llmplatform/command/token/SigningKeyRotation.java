package io.llmplatform.command.token;

import io.llmplatform.command.caller.SystemCommands;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.start.StartTask;
import io.llmplatform.command.token.SigningKeyCommand.PublishSigningKey;
import io.llmplatform.command.token.SigningKeyCommand.RetireSigningKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Publishes the key in use at every start and retires all others: whoever changes {@code SECRET_KEY} may do so because it
 * leaked. Nobody has to log in again for it, since refresh tokens are not signed.
 */
@Component
class SigningKeyRotation implements StartTask {
    private static final Logger log = LoggerFactory.getLogger(SigningKeyRotation.class);
    private static final String ACTOR = "signing-keys";

    private final SigningKeyPair keys;
    private final SystemCommands commands;
    private final JdbcClient jdbc;

    SigningKeyRotation(SigningKeyPair keys, SystemCommands commands, JdbcClient jdbc) {
        this.keys = keys;
        this.commands = commands;
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return PUBLISH;
    }

    /** @throws IllegalStateException when the key was replaced by another one before */
    @Override
    public void run() {
        try {
            commands.send(ACTOR, new PublishSigningKey(keys.id(), SigningKeyPair.ALGORITHM, keys.publicKey()));
        } catch (Refusal.Conflict e) {
            throw new IllegalStateException(
                    "SECRET_KEY has been replaced before and its tokens are refused; set the newer one, or one never used",
                    e);
        }
        jdbc.sql("""
                        select aggregate_id from events.domain_event p
                        where type = 'signing_key.SigningKeyPublished' and aggregate_id <> ? and not exists (
                            select 1 from events.domain_event r
                            where r.aggregate_id = p.aggregate_id and r.type = 'signing_key.SigningKeyRetired')
                        order by position""").param(keys.id()).query(String.class).list().forEach(keyId -> {
            commands.send(ACTOR, new RetireSigningKey(keyId));
            log.info("retired signing key {}", keyId);
        });
    }
}
