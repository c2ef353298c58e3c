package io.llmplatform.query.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import io.llmplatform.query.search.SearchDocuments;
import io.llmplatform.query.settings.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** What was changed, and what was read. In the order of time, where times are equal in that of the log. */
@Component
class AuditIndex {
    private final SearchDocuments documents;

    AuditIndex(ElasticsearchClient client, AuditLag lag, Settings settings) {
        var prefix = settings.search().indexPrefix();
        this.documents = new SearchDocuments(
                client,
                new SearchDocuments.Shape(
                        List.of(prefix + "audit", prefix + "audit-reads"),
                        List.of("at", "position", "id"),
                        List.of("all", "changed")),
                lag::told);
    }

    /** Makes what was written a moment ago visible. */
    void refresh() {
        documents.refresh();
    }

    /** Newest first, behind that entry. */
    List<ObjectNode> find(Query query, int size, @Nullable AuditCursor after) {
        var values = after == null
                ? List.<FieldValue>of()
                : List.of(FieldValue.of(after.at()), FieldValue.of(after.position()), FieldValue.of(after.id()));
        return documents.find(query, size, values, SortOrder.Desc);
    }

    /** Oldest first. */
    List<ObjectNode> first(Query query, int size) {
        return documents.find(query, size, List.of(), SortOrder.Asc);
    }

    /** How many fit, counted up to that number. */
    long count(Query query, int most) {
        return documents.count(query, most);
    }
}
