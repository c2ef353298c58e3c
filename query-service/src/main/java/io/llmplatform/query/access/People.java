package io.llmplatform.query.access;

import io.llmplatform.contracts.http.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Accounts and sessions as the read model has them, at most half a second old: what was disabled or closed is refused by then. */
@Component
class People {
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration OUTAGE = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<Tokens.Login, Seen> seen = new ConcurrentHashMap<>();

    People(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Seen> find(Tokens.Login login) {
        var now = clock.instant();
        var cached = seen.get(login);
        if (cached != null && now.isBefore(cached.at().plus(FRESH))) {
            return Optional.of(cached);
        }
        var loaded = load(login, now);
        if (seen.size() >= MOST) {
            seen.clear();
        }
        loaded.ifPresentOrElse(found -> seen.put(login, found), () -> seen.remove(login));
        return loaded;
    }

    /** As last seen, for the time that the database is away. */
    Optional<Seen> lastKnown(Tokens.Login login) {
        return Optional.ofNullable(seen.get(login))
                .filter(cached -> clock.instant().isBefore(cached.at().plus(OUTAGE)));
    }

    private Optional<Seen> load(Tokens.Login login, Instant now) {
        return jdbc.sql("""
                        select role, status, team_id,
                               array(select m.team_id from readmodel.team_manager m where m.user_id = u.id) as managed,
                               exists(select 1 from readmodel.closed_session where id = ?) as closed
                        from readmodel.users u where id = ?""")
                .params(login.sessionId(), login.userId())
                .query((row, number) -> new Seen(
                        new Person(
                                login.userId(),
                                Role.of(row.getString("role")),
                                "active".equals(row.getString("status")),
                                row.getString("team_id"),
                                Set.of((String[]) row.getArray("managed").getArray())),
                        row.getBoolean("closed"),
                        now))
                .optional();
    }

    record Seen(Person person, boolean sessionClosed, Instant at) {}
}
