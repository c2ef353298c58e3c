package io.llmplatform.command.invitation;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.invitation}. */
@Component
class JdbcInvitations implements Invitations {
    private final JdbcClient jdbc;

    JdbcInvitations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void open(String userId, String tokenHash, Instant expiresAt) {
        jdbc.sql("""
                        insert into identity.invitation (user_id, token_hash, expires_at) values (?, ?, ?)
                        on conflict (user_id) do update
                        set token_hash = excluded.token_hash, expires_at = excluded.expires_at""")
                .params(userId, tokenHash, expiresAt.atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void close(String userId) {
        jdbc.sql("delete from identity.invitation where user_id = ?")
                .params(userId)
                .update();
    }

    @Override
    public boolean use(String userId, String tokenHash, Instant now) {
        return jdbc.sql("delete from identity.invitation where user_id = ? and token_hash = ? and expires_at > ?")
                        .params(userId, tokenHash, now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    @Override
    public Optional<String> invited(String tokenHash, Instant now) {
        return jdbc.sql("select user_id from identity.invitation where token_hash = ? and expires_at > ?")
                .params(tokenHash, now.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional();
    }
}
