package io.llmplatform.command.provider;

import io.llmplatform.command.start.StartTask;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notices a changed {@code KEY_ENCRYPTION_KEY} at start, not at the first call to a provider: a text sealed at the very
 * first start must still open.
 */
@Component
class KeyCanary implements StartTask {
    private static final String OWNER = "key-canary";
    private static final String TEXT = "the key-encryption key is the right one";

    private final JdbcClient jdbc;
    private final SecretBox box;

    KeyCanary(JdbcClient jdbc, SecretBox box) {
        this.jdbc = jdbc;
        this.box = box;
    }

    @Override
    public int order() {
        return CHECK;
    }

    @Override
    public void run() {
        var fresh = box.seal(TEXT, OWNER);
        jdbc.sql("""
                        insert into identity.key_canary (id, kek, wrapped_key, ciphertext) values (1, ?, ?, ?)
                        on conflict (id) do nothing""")
                .params(fresh.kek(), fresh.wrappedKey(), fresh.ciphertext())
                .update();
        var stored = jdbc.sql("select kek, wrapped_key, ciphertext from identity.key_canary")
                .query((row, _) -> new SealedSecret(row.getInt(1), row.getString(2), row.getString(3)))
                .single();
        try {
            box.open(stored, OWNER);
        } catch (SecretBox.WrongKeyException e) {
            throw new IllegalStateException(
                    "KEY_ENCRYPTION_KEY is not the one this database was set up with: provider secrets would not open."
                            + " Start with the former key",
                    e);
        }
    }
}
