package io.llmplatform.command.secret;

import io.llmplatform.command.start.StartTask;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notices a wrong {@code KEY_ENCRYPTION_KEY} at start, not at the first call to a provider: a text sealed at the first
 * start with each version of the key must still open, as long as something may be sealed with that version.
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
        // First: a start that is refused must leave nothing behind that would refuse the next one.
        check();
        var fresh = box.seal(TEXT, OWNER);
        jdbc.sql("""
                        insert into identity.key_canary (id, kek, wrapped_key, ciphertext) values (?, ?, ?, ?)
                        on conflict (id) do nothing""")
                .params(fresh.kek(), fresh.kek(), fresh.wrappedKey(), fresh.ciphertext())
                .update();
        check();
    }

    private void check() {
        jdbc.sql("select kek, wrapped_key, ciphertext from identity.key_canary order by kek")
                .query((row, _) -> new SealedSecret(row.getInt(1), row.getString(2), row.getString(3)))
                .list()
                .forEach(this::check);
    }

    private void check(SealedSecret stored) {
        if (!box.knows(stored.kek())) {
            throw new IllegalStateException("version " + stored.kek()
                    + " of KEY_ENCRYPTION_KEY may still be needed: start with it in KEY_ENCRYPTION_KEY_PREVIOUS, as "
                    + stored.kek() + ":<key>, until POST /secrets/rewrap is done");
        }
        try {
            box.open(stored, OWNER);
        } catch (SecretBox.WrongKeyException e) {
            throw new IllegalStateException(
                    "KEY_ENCRYPTION_KEY is not the one this database was set up with: provider secrets would not open."
                            + " Start with the former key (version " + stored.kek() + ")",
                    e);
        }
    }

    /** Nothing is sealed with a former version any more: those keys need not be given at the next start. */
    void forgetFormer() {
        jdbc.sql("delete from identity.key_canary where kek < ?")
                .params(box.currentVersion())
                .update();
    }
}
