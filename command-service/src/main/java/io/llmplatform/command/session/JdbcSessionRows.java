package io.llmplatform.command.session;

import io.llmplatform.command.personal.SealedColumns;
import io.llmplatform.command.refusal.NotLoggedIn;
import io.llmplatform.command.session.SessionCommand.Opening;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.session} and {@code identity.refresh_token}, as commands write them. */
@Component
class JdbcSessionRows implements SessionRows {
    private final JdbcClient jdbc;
    private final SealedColumns sealed;
    private final Clock clock;

    JdbcSessionRows(JdbcClient jdbc, SealedColumns sealed, Clock clock) {
        this.jdbc = jdbc;
        this.sealed = sealed;
        this.clock = clock;
    }

    @Override
    public void open(String sessionId, Opening opening) {
        // Who disables the account or changes the password either waits for this lock and then sees the session, or is
        // seen by the second look, a statement of its own.
        var password = opening.password();
        if (!exists("select 1 from identity.account where user_id = ? and active for share", opening.userId())
                || password != null
                        && !exists(
                                "select 1 from identity.credential where user_id = ? and password_hash = ?",
                                opening.userId(),
                                password.encoded())) {
            throw new NotLoggedIn("the account has been changed meanwhile");
        }
        var sealer = sealed.sealer(opening.userId());
        jdbc.sql("""
                        insert into identity.session
                            (session_id, user_id, ip, ip_key, user_agent, opened_at, used_at, access_until, expires_at)
                        values (:id, :user, :ip, :ip_key, :agent, :at, :at, :access, :expires)""")
                .param("id", sessionId)
                .param("user", opening.userId())
                .param("ip", sealer.apply(opening.ip()))
                .param("ip_key", addressKey(sealed, opening.userId(), opening.ip()))
                .param("agent", sealer.apply(opening.userAgent()))
                .param("at", utc(opening.at()))
                .param("access", utc(opening.accessUntil()))
                .param("expires", utc(opening.expiresAt()))
                .update();
        jdbc.sql("insert into identity.refresh_token (token_hash, session_id) values (?, ?)")
                .params(opening.refreshToken().hash(), sessionId)
                .update();
    }

    @Override
    public Instant close(String sessionId) {
        jdbc.sql("delete from identity.refresh_token where session_id = ?")
                .param(sessionId)
                .update();
        return jdbc.sql("update identity.session set closed_at = ? where session_id = ? returning access_until")
                .params(utc(clock.instant()), sessionId)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private boolean exists(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Integer.class).optional().isPresent();
    }

    /** To find an address of that person by; that two people share one cannot be seen. */
    static @Nullable String addressKey(SealedColumns sealed, String userId, @Nullable String ip) {
        return ip == null ? null : sealed.indexed("address", userId + '\n' + ip);
    }

    static OffsetDateTime utc(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
