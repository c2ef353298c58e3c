package io.llmplatform.command.login;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.login_failures}: a row per minute in which somebody failed, until its rest is told. */
@Component
class JdbcFailureBudget implements FailureBudget {
    /** Of all instances together. */
    static final int EVENTS_PER_MINUTE = 20;

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcFailureBudget(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public boolean spend() {
        return jdbc.sql("""
                        insert into identity.login_failures (minute, seen) values (?, 1)
                        on conflict (minute) do update set seen = login_failures.seen + 1 returning seen""").param(minute()).query(Integer.class).single() <= EVENTS_PER_MINUTE;
    }

    @Override
    public long takeUnrecorded() {
        return jdbc.sql("""
                        with told as (delete from identity.login_failures where minute < ? returning seen)
                        select coalesce(sum(greatest(seen - ?, 0)), 0) from told""")
                .params(minute(), EVENTS_PER_MINUTE)
                .query(Long.class)
                .single();
    }

    private OffsetDateTime minute() {
        return clock.instant().truncatedTo(ChronoUnit.MINUTES).atOffset(ZoneOffset.UTC);
    }
}
