package io.llmplatform.command.session;

import static io.llmplatform.command.session.JdbcSessionRows.addressKey;
import static io.llmplatform.command.session.JdbcSessionRows.utc;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.personal.SealedColumns;
import io.llmplatform.command.session.Sessions.OpenSession;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Refresh tokens: each is exchanged once for the next one. */
@Component
public class RefreshTokens {
    /** Of a session; to use an older one again is refused, but is no sign of theft any more. */
    private static final int REMEMBERED = 1_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Sessions sessions;
    private final SealedColumns sealed;
    private final SessionLifetimes lifetimes;
    private final SecureRandom random;
    private final Clock clock;

    RefreshTokens(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Sessions sessions,
            SealedColumns sealed,
            SessionLifetimes lifetimes,
            SecureRandom random,
            Clock clock) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.sessions = sessions;
        this.sealed = sealed;
        this.lifetimes = lifetimes;
        this.random = random;
        this.clock = clock;
    }

    /** One for a new session. */
    public RefreshToken mint() {
        return RefreshToken.mint(random);
    }

    /** When an access token expires that is minted now, for a session that ends at the instant given. */
    public Instant accessUntil(Instant now, Instant sessionExpiresAt) {
        var until = now.plus(lifetimes.access());
        return until.isBefore(sessionExpiresAt) ? until : sessionExpiresAt;
    }

    /** What a token is worth now. Two that come at the same time wait for each other. */
    public Exchange exchange(RefreshToken presented, Caller.Origin origin) {
        return Objects.requireNonNull(transaction.execute(_ -> {
            var id = sessionOf(presented);
            if (id.isEmpty() || !lock(id.get())) {
                return new Exchange.Unknown();
            }
            // Looked up anew behind the lock: whoever was faster may have exchanged it, or closed the session.
            var session = sessions.open(id.get());
            var row = find(presented);
            if (session.isEmpty() || row.isEmpty()) {
                return new Exchange.Unknown();
            }
            var now = clock.instant();
            var replacedAt = row.get().replacedAt();
            return replacedAt != null && !now.isBefore(replacedAt.plus(SessionLifetimes.GRACE))
                    ? new Exchange.Reused(session.get())
                    : replace(session.get(), origin, now);
        }));
    }

    private Exchange replace(OpenSession session, Caller.Origin origin, Instant now) {
        var next = mint();
        var accessUntil = accessUntil(now, session.expiresAt());
        jdbc.sql("update identity.refresh_token set replaced_at = ? where session_id = ? and replaced_at is null")
                .params(utc(now), session.id())
                .update();
        jdbc.sql("insert into identity.refresh_token (token_hash, session_id) values (?, ?)")
                .params(next.hash(), session.id())
                .update();
        jdbc.sql("""
                        delete from identity.refresh_token where session_id = :id and replaced_at < (
                            select replaced_at from identity.refresh_token where session_id = :id and replaced_at is not null
                            order by replaced_at desc offset :kept limit 1)""").param("id", session.id()).param("kept", REMEMBERED).update();
        var sealer = sealed.sealer(session.userId());
        jdbc.sql("""
                        update identity.session
                        set used_at = :now, access_until = greatest(access_until, :access), ip = :ip, ip_key = :ip_key,
                            user_agent = :agent
                        where session_id = :id""")
                .param("now", utc(now))
                .param("access", utc(accessUntil))
                .param("ip", sealer.apply(origin.ip()))
                .param("ip_key", addressKey(sealed, session.userId(), origin.ip()))
                .param("agent", sealer.apply(origin.userAgent()))
                .param("id", session.id())
                .update();
        return new Exchange.Exchanged(session, next, accessUntil);
    }

    private Optional<String> sessionOf(RefreshToken token) {
        return jdbc.sql("select session_id from identity.refresh_token where token_hash = ?")
                .param(token.hash())
                .query(String.class)
                .optional();
    }

    private boolean lock(String sessionId) {
        return jdbc.sql("select 1 from identity.session where session_id = ? for update")
                .param(sessionId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private Optional<Row> find(RefreshToken token) {
        return jdbc.sql("select replaced_at from identity.refresh_token where token_hash = ?")
                .param(token.hash())
                .query((row, _) -> new Row(row.getObject("replaced_at", OffsetDateTime.class)))
                .optional();
    }

    private record Row(@Nullable OffsetDateTime at) {
        @Nullable
        Instant replacedAt() {
            return at == null ? null : at.toInstant();
        }
    }

    /** What came of it. */
    public sealed interface Exchange {
        record Exchanged(OpenSession session, RefreshToken next, Instant accessUntil) implements Exchange {}

        /** Never issued, long forgotten, or of a session that has ended. */
        record Unknown() implements Exchange {}

        /** Exchanged before: of two who hold it one is a thief. The session must be closed. */
        record Reused(OpenSession session) implements Exchange {}
    }
}
