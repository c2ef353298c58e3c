package io.llmplatform.command.secondfactor;

import io.llmplatform.contracts.secret.SealedSecret;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.second_factor} and {@code identity.recovery_code}. */
@Component
class JdbcSecondFactors implements SecondFactors {
    private final JdbcClient jdbc;

    JdbcSecondFactors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean begin(String userId, SealedSecret secret) {
        return jdbc.sql("""
                        insert into identity.second_factor as f (user_id, kek, wrapped_key, ciphertext) values (?, ?, ?, ?)
                        on conflict (user_id) do update
                        set kek = excluded.kek, wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext
                        where f.confirmed_at is null""")
                        .params(userId, secret.kek(), secret.wrappedKey(), secret.ciphertext())
                        .update()
                == 1;
    }

    @Override
    public Optional<Factor> find(String userId) {
        return jdbc.sql("""
                        select kek, wrapped_key, ciphertext, confirmed_at from identity.second_factor
                        where user_id = ?""")
                .param(userId)
                .query((row, _) -> {
                    var since = row.getObject(4, OffsetDateTime.class);
                    return new Factor(
                            new SealedSecret(row.getInt(1), row.getString(2), row.getString(3)),
                            since == null ? null : since.toInstant());
                })
                .optional();
    }

    @Override
    public boolean confirm(
            String userId, SealedSecret secret, long step, Collection<String> recoveryCodes, Instant at) {
        // The text stays the same when the key around it is changed.
        int confirmed = jdbc.sql("""
                        update identity.second_factor set confirmed_at = ?, last_step = ?
                        where user_id = ? and ciphertext = ? and confirmed_at is null""")
                .params(at.atOffset(ZoneOffset.UTC), step, userId, secret.ciphertext())
                .update();
        if (confirmed == 0) {
            return false;
        }
        recoveryCodes.forEach(hash -> jdbc.sql("insert into identity.recovery_code (user_id, code_hash) values (?, ?)")
                .params(userId, hash)
                .update());
        return true;
    }

    @Override
    public boolean useStep(String userId, long step) {
        return jdbc.sql("""
                        update identity.second_factor set last_step = ?
                        where user_id = ? and confirmed_at is not null and last_step < ?""").params(step, userId, step).update() == 1;
    }

    @Override
    public boolean hasRecoveryCode(String userId, String hash) {
        return jdbc.sql("select 1 from identity.recovery_code where user_id = ? and code_hash = ?")
                .params(userId, hash)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public boolean useRecoveryCode(String userId, String hash) {
        return jdbc.sql("delete from identity.recovery_code where user_id = ? and code_hash = ?")
                        .params(userId, hash)
                        .update()
                == 1;
    }

    @Override
    public int recoveryCodesLeft(String userId) {
        return jdbc.sql("select count(*) from identity.recovery_code where user_id = ?")
                .param(userId)
                .query(Integer.class)
                .single();
    }

    @Override
    public void remove(String userId) {
        jdbc.sql("delete from identity.second_factor where user_id = ?")
                .param(userId)
                .update();
    }
}
