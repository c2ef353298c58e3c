package io.llmplatform.command.session;

import static io.llmplatform.command.session.JdbcSessionRows.addressKey;
import static io.llmplatform.command.session.JdbcSessionRows.utc;

import io.llmplatform.command.personal.SealedColumns;
import io.llmplatform.command.session.SessionCommand.CloseSession;
import io.llmplatform.contracts.event.SessionEvent.Reason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.session}, as it is read. */
@Component
class JdbcSessions implements Sessions {
    static final Duration ADDRESSES_KNOWN_FOR = Duration.ofDays(30);

    private static final String IS_OPEN = " closed_at is null and expires_at > :now and used_at > :idle_since ";

    private final JdbcClient jdbc;
    private final SealedColumns sealed;
    private final SessionLifetimes lifetimes;
    private final CommandBus commands;
    private final Clock clock;

    JdbcSessions(JdbcClient jdbc, SealedColumns sealed, SessionLifetimes lifetimes, CommandBus commands, Clock clock) {
        this.jdbc = jdbc;
        this.sealed = sealed;
        this.lifetimes = lifetimes;
        this.commands = commands;
        this.clock = clock;
    }

    @Override
    public boolean isOpen(String sessionId, String userId) {
        return now("select 1 from identity.session where session_id = :id and user_id = :user and" + IS_OPEN)
                .param("id", sessionId)
                .param("user", userId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public Optional<OpenSession> open(String sessionId) {
        return now("select * from identity.session where session_id = :id and" + IS_OPEN)
                .param("id", sessionId)
                .query((row, _) -> session(row, sealed.opener(row.getString("user_id"))))
                .optional();
    }

    @Override
    public List<OpenSession> openOf(String userId) {
        var opener = sealed.opener(userId);
        return now("select * from identity.session where user_id = :user and" + IS_OPEN
                        + "order by used_at desc, session_id desc")
                .param("user", userId)
                .query((row, _) -> session(row, opener))
                .list();
    }

    @Override
    public boolean isKnownAddress(String userId, String ip) {
        return jdbc.sql("select 1 from identity.session where user_id = ? and ip_key = ? and used_at > ? limit 1")
                .param(userId)
                .param(addressKey(sealed, userId, ip))
                .param(utc(clock.instant().minus(ADDRESSES_KNOWN_FOR)))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void closeAllOf(String userId, Reason reason, @Nullable String kept) {
        jdbc.sql("""
                        select session_id from identity.session where user_id = ? and closed_at is null
                        order by session_id for update""").param(userId).query(String.class).list().stream()
                .filter(sessionId -> !sessionId.equals(kept))
                .forEach(sessionId -> closeHere(new CloseSession(sessionId, reason)));
    }

    @Override
    public List<String> expired(int most) {
        var now = clock.instant();
        return jdbc.sql("""
                        select session_id from identity.session
                        where closed_at is null and (expires_at <= ? or used_at <= ?) order by used_at limit ?""")
                .params(utc(now), utc(now.minus(lifetimes.idle())), most)
                .query(String.class)
                .list();
    }

    @Override
    public void forgetOld() {
        jdbc.sql("delete from identity.session where closed_at < ?")
                .param(utc(clock.instant().minus(ADDRESSES_KNOWN_FOR)))
                .update();
    }

    /** On the bus, not by the gateway: nested in the running unit of work, with its transaction and its caller. */
    private void closeHere(CloseSession command) {
        var done = new FutureCallback<CloseSession, Long>();
        commands.dispatch(new GenericCommandMessage<>(command), done);
        var result = done.getResult();
        if (result.isExceptional()) {
            throw new IllegalStateException(
                    "session " + command.sessionId() + " was not closed", result.exceptionResult());
        }
    }

    private static OpenSession session(ResultSet row, UnaryOperator<@Nullable String> opener) throws SQLException {
        return new OpenSession(
                row.getString("session_id"),
                row.getString("user_id"),
                opener.apply(row.getString("ip")),
                opener.apply(row.getString("user_agent")),
                row.getObject("opened_at", OffsetDateTime.class).toInstant(),
                row.getObject("used_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }

    private JdbcClient.StatementSpec now(String sql) {
        var now = clock.instant();
        return jdbc.sql(sql).param("now", utc(now)).param("idle_since", utc(now.minus(lifetimes.idle())));
    }
}
