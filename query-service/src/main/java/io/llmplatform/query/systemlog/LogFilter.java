package io.llmplatform.query.systemlog;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import io.llmplatform.query.search.FreeText;
import io.llmplatform.query.web.Instants;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the log search, as given.
 *
 * @param level the least one that is shown
 */
record LogFilter(
        @Nullable String q,
        @Nullable String service,
        @Nullable String level,
        @Nullable String logger,
        @Nullable String requestId,
        @Nullable String from,
        @Nullable String to) {
    /** Gravest first. */
    private static final List<String> LEVELS = List.of("error", "warn", "info");

    Query query() {
        var bool = new BoolQuery.Builder();
        term(bool, "service", service);
        term(bool, "logger", logger);
        term(bool, "request_id", requestId);
        if (level != null) {
            var shown = LEVELS.subList(0, LEVELS.indexOf(level) + 1).stream()
                    .map(FieldValue::of)
                    .toList();
            bool.filter(f -> f.terms(t -> t.field("level").terms(values -> values.value(shown))));
        }
        if (from != null || to != null) {
            bool.filter(f -> f.range(r -> r.date(d -> {
                d.field("at");
                if (from != null) {
                    d.gte(Instants.parse(from).toString());
                }
                if (to != null) {
                    d.lt(Instants.parse(to).toString());
                }
                return d;
            })));
        }
        if (q != null && !q.isBlank()) {
            FreeText.conditions(q).forEach(bool::filter);
        }
        return bool.build()._toQuery();
    }

    private static void term(BoolQuery.Builder bool, String field, @Nullable String value) {
        if (value != null) {
            bool.filter(f -> f.term(t -> t.field(field).value(value)));
        }
    }
}
