package io.llmplatform.command.secondfactor;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.secret.SealedThings;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The secrets of authenticator apps, sealed. They are in a table only: a change of the key around them is no event. */
@Component
public class FactorSecrets implements SealedThings {
    private final SecretBox box;
    private final JdbcClient jdbc;

    FactorSecrets(SecretBox box, JdbcClient jdbc) {
        this.box = box;
        this.jdbc = jdbc;
    }

    /** @param secret as {@link Totp#secret} makes it */
    public SealedSecret seal(String secret, String userId) {
        return box.seal(secret, owner(userId));
    }

    public String open(SealedSecret secret, String userId) {
        return box.open(secret, owner(userId));
    }

    @Override
    public int rewrap(Caller caller) {
        return jdbc
                .sql("select user_id, kek, wrapped_key, ciphertext from identity.second_factor where kek <> ?")
                .param(box.currentVersion())
                .query((row, _) -> new Owned(
                        row.getString(1), new SealedSecret(row.getInt(2), row.getString(3), row.getString(4))))
                .list()
                .stream()
                .mapToInt(this::rewrap)
                .sum();
    }

    private int rewrap(Owned owned) {
        var before = owned.secret();
        var after = box.rewrap(before, owner(owned.userId()));
        return jdbc.sql("""
                        update identity.second_factor set kek = ?, wrapped_key = ?, ciphertext = ?
                        where user_id = ? and wrapped_key = ?""")
                .params(after.kek(), after.wrappedKey(), after.ciphertext(), owned.userId(), before.wrappedKey())
                .update();
    }

    /** Sealed for this purpose: what is sealed for the person otherwise does not open here. */
    private static String owner(String userId) {
        return "second-factor " + userId;
    }

    private record Owned(String userId, SealedSecret secret) {}
}
