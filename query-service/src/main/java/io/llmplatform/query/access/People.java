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

/** Accounts as the read model has them, at most a second old: a disabled one is refused by then. */
@Component
class People {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration OUTAGE = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    People(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Optional<Person> find(String id) {
        var now = clock.instant();
        var cached = seen.get(id);
        if (cached != null && now.isBefore(cached.at().plus(FRESH))) {
            return Optional.of(cached.person());
        }
        var person = load(id);
        if (seen.size() >= MOST) {
            seen.clear();
        }
        person.ifPresentOrElse(found -> seen.put(id, new Seen(found, now)), () -> seen.remove(id));
        return person;
    }

    /** As last seen, for the time that the database is away. */
    Optional<Person> lastKnown(String id) {
        return Optional.ofNullable(seen.get(id))
                .filter(cached -> clock.instant().isBefore(cached.at().plus(OUTAGE)))
                .map(Seen::person);
    }

    private Optional<Person> load(String id) {
        return jdbc.sql("""
                        select role, status, team_id,
                               array(select m.team_id from readmodel.team_manager m where m.user_id = u.id) as managed
                        from readmodel.users u where id = ?""")
                .params(id)
                .query((row, number) -> new Person(
                        id,
                        Role.of(row.getString("role")),
                        "active".equals(row.getString("status")),
                        row.getString("team_id"),
                        Set.of((String[]) row.getArray("managed").getArray())))
                .optional();
    }

    private record Seen(Person person, Instant at) {}
}
