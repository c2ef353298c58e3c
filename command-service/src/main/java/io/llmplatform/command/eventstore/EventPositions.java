package io.llmplatform.command.eventstore;

import java.util.OptionalLong;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Where events are in the store. */
@Component
public class EventPositions {
    private final JdbcTemplate jdbc;

    EventPositions(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Position of the event that brought an aggregate to a version. */
    public OptionalLong of(String aggregateId, long version) {
        return jdbc
                .queryForList(
                        "select position from events.domain_event where aggregate_id = ? and sequence = ?",
                        Long.class,
                        aggregateId,
                        version)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** Position of the oldest event; empty when there is none. */
    public OptionalLong first() {
        var first = jdbc.queryForObject("select min(position) from events.domain_event", Long.class);
        return first == null ? OptionalLong.empty() : OptionalLong.of(first);
    }

    /** Position of the newest event; 0 when there is none. */
    public long last() {
        var last = jdbc.queryForObject("select coalesce(max(position), 0) from events.domain_event", Long.class);
        return last == null ? 0 : last;
    }
}
