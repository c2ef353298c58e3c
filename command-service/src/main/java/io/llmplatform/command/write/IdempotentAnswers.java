package io.llmplatform.command.write;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.secret.SealedSecret;
import io.llmplatform.contracts.secret.SecretBox;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The answers of keys used in the last 24 hours, in {@code identity.idempotent_answer}, sealed. */
@Component
class IdempotentAnswers {
    static final Duration KEPT = Duration.ofHours(24);

    private static final int DELETED_AT_ONCE = 5_000;

    private final JdbcClient jdbc;
    private final SecretBox box;
    private final Clock clock;

    IdempotentAnswers(JdbcClient jdbc, SecretBox box, Clock clock) {
        this.jdbc = jdbc;
        this.box = box;
        this.clock = clock;
    }

    /** Takes the key for the transaction under way; false when another one, of any instance, is using it. */
    boolean tryLock(WriteRequest write) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param(owner(write))
                .query(Boolean.class)
                .single();
    }

    /** @throws SecretBox.WrongKeyException when it was sealed with a key-encryption key that is gone */
    Optional<Answer> find(WriteRequest write) {
        return jdbc.sql("""
                        select kek, wrapped_key, ciphertext from identity.idempotent_answer
                        where caller_id = ? and key = ? and at >= ?""")
                .params(write.caller().userId(), write.requiredKey(), oldest())
                .query((row, _) -> new SealedSecret(row.getInt(1), row.getString(2), row.getString(3)))
                .optional()
                .map(secret -> ContractJson.mapper().readValue(box.open(secret, owner(write)), Answer.class));
    }

    /** How many keys of that person are remembered. */
    long countOf(String callerId) {
        return jdbc.sql("select count(*) from identity.idempotent_answer where caller_id = ? and at >= ?")
                .params(callerId, oldest())
                .query(Long.class)
                .single();
    }

    /** Keeps an answer; one that another request has got for the key in the meantime stays. */
    void keepUnlessThere(WriteRequest write, Answer answer) {
        var secret = box.seal(ContractJson.mapper().writeValueAsString(answer), owner(write));
        jdbc.sql("""
                        insert into identity.idempotent_answer as kept (caller_id, key, kek, wrapped_key, ciphertext, at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (caller_id, key) do update
                        set kek = excluded.kek, wrapped_key = excluded.wrapped_key, ciphertext = excluded.ciphertext,
                            at = excluded.at
                        where kept.at < ?""")
                .params(
                        write.caller().userId(),
                        write.requiredKey(),
                        secret.kek(),
                        secret.wrappedKey(),
                        secret.ciphertext(),
                        clock.instant().atOffset(ZoneOffset.UTC),
                        oldest())
                .update();
    }

    /** Deletes a bounded number of those that count as absent. */
    void deleteExpired() {
        jdbc.sql("""
                        delete from identity.idempotent_answer where ctid in
                            (select ctid from identity.idempotent_answer where at < ? limit ?)""").params(oldest(), DELETED_AT_ONCE).update();
    }

    private OffsetDateTime oldest() {
        return clock.instant().minus(KEPT).atOffset(ZoneOffset.UTC);
    }

    private static String owner(WriteRequest write) {
        return "idempotency " + write.caller().userId() + " " + write.requiredKey();
    }
}
