package io.llmplatform.query.audit;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import io.llmplatform.query.reading.Counted;
import io.llmplatform.query.web.RefusedException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Searches the audit log. */
@Component
class AuditSearch {
    private static final int TOGETHER = 50;

    private final AuditIndex index;
    private final AuditLag lag;

    AuditSearch(AuditIndex index, AuditLag lag) {
        this.index = index;
        this.lag = lag;
    }

    /** @param refresh whether what was written a moment ago must be visible */
    AuditPage find(AuditFilter filter, int limit, @Nullable String cursor, boolean refresh) {
        var after = AuditCursor.decode(cursor);
        if (refresh) {
            index.refresh();
        }
        var found = index.find(filter.query(), limit + 1, after);
        var shown = found.size() > limit ? found.subList(0, limit) : found;
        var next = found.size() > limit ? cursor(shown.getLast()).encode() : null;
        return new AuditPage(
                shown, next, lag.events().filter(waiting -> waiting > 0).orElse(null));
    }

    /** One entry and its neighbours. */
    AuditEntry entry(String id) {
        var entry = index.find(term("id", id), 1, null).stream()
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("audit entry", id));
        return new AuditEntry(entry, together(entry), before(entry), after(entry));
    }

    /** What came of the same request, in the order in which it happened. */
    private List<ObjectNode> together(ObjectNode entry) {
        var request = entry.path("request_id").stringValue(null);
        return request == null ? List.of() : index.first(not(entry, term("request_id", request)), TOGETHER);
    }

    private @Nullable ObjectNode before(ObjectNode entry) {
        var until = cursor(entry);
        return index.find(sameEntity(entry), 1, until).stream().findFirst().orElse(null);
    }

    private @Nullable ObjectNode after(ObjectNode entry) {
        var later = Query.of(q -> q.bool(b -> b.filter(sameEntity(entry))
                .filter(f -> f.range(r -> r.number(n ->
                        n.field("position").gt((double) entry.path("position").asLong()))))));
        return index.first(later, 1).stream().findFirst().orElse(null);
    }

    private static Query sameEntity(ObjectNode entry) {
        return not(
                entry,
                Query.of(q -> q.bool(b -> b.filter(
                                term("entity_type", entry.path("entity_type").asString()))
                        .filter(term("entity_id", entry.path("entity_id").asString())))));
    }

    private static Query not(ObjectNode entry, Query query) {
        return Query.of(q ->
                q.bool(b -> b.filter(query).mustNot(term("id", entry.path("id").asString()))));
    }

    private static Query term(String field, String value) {
        return Query.of(q -> q.term(t -> t.field(field).value(value)));
    }

    static AuditCursor cursor(ObjectNode entry) {
        return new AuditCursor(
                Instant.parse(entry.path("at").asString()).toEpochMilli(),
                entry.path("position").asLong(),
                entry.path("id").asString());
    }

    /** @param behind how many events are not in it yet, as far as is known; absent for none */
    record AuditPage(
            List<ObjectNode> data,
            @Nullable String nextCursor,
            @Nullable Long behind) implements Counted {
        @Override
        public long results() {
            return data.size();
        }
    }

    /**
     * @param sameRequest what else came of the same request, at most {@link #TOGETHER}
     * @param before      the entry before it of the same entity
     * @param after       the entry after it
     */
    record AuditEntry(
            ObjectNode event,
            List<ObjectNode> sameRequest,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) implements Counted {
        @Override
        public long results() {
            return 1;
        }
    }
}
