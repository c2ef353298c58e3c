package io.llmplatform.query.audit;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import io.llmplatform.query.search.FreeText;
import io.llmplatform.query.web.Instants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The parameters of the audit search, as given. */
record AuditFilter(
        @Nullable String q,
        @Nullable String type,
        @Nullable String actor,
        @Nullable String entityType,
        @Nullable String entityId,
        @Nullable String requestId,
        @Nullable String from,
        @Nullable String to) {

    Query query() {
        var bool = new BoolQuery.Builder();
        term(bool, "type", type);
        term(bool, "actor.id", actor);
        term(bool, "entity_type", entityType);
        term(bool, "entity_id", entityId);
        term(bool, "request_id", requestId);
        if (from != null || to != null) {
            bool.filter(f -> f.range(r -> r.date(d -> {
                d.field("at");
                if (from != null) {
                    d.gte(instant(from).toString());
                }
                if (to != null) {
                    d.lt(instant(to).toString());
                }
                return d;
            })));
        }
        if (q != null && !q.isBlank()) {
            FreeText.conditions(q).forEach(bool::filter);
            if (type == null && entityType == null) {
                // Else whoever looks for a word finds that they looked for it.
                bool.mustNot(f -> f.term(t -> t.field("entity_type").value("read")));
            }
        }
        return bool.build()._toQuery();
    }

    private static Instant instant(String text) {
        return Instants.parse(text);
    }

    private static void term(BoolQuery.Builder bool, String field, @Nullable String value) {
        if (value != null) {
            bool.filter(f -> f.term(t -> t.field(field).value(value)));
        }
    }
}
