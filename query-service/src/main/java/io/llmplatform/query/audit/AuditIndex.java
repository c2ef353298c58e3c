package io.llmplatform.query.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.transport.TransportException;
import io.llmplatform.query.settings.Settings;
import io.llmplatform.query.web.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * The audit documents as they are in the search engine. In the order of time, where times are equal in that of the log, so that
 * pages stay stable while entries arrive.
 */
@Component
class AuditIndex {
    private static final Logger LOG = LoggerFactory.getLogger(AuditIndex.class);
    /** Fields that serve the search alone. */
    private static final List<String> INTERNAL = List.of("all", "changed");

    private static final List<String> ORDER = List.of("at", "position", "id");
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final ElasticsearchClient client;
    private final AuditLag lag;
    /** What was changed, and what was read. */
    private final List<String> indices;

    AuditIndex(ElasticsearchClient client, AuditLag lag, Settings settings) {
        this.client = client;
        this.lag = lag;
        this.indices = List.of(
                settings.search().indexPrefix() + "audit", settings.search().indexPrefix() + "audit-reads");
    }

    /** Makes what was written a moment ago visible. */
    void refresh() {
        asked(() -> client.indices().refresh(r -> r.index(indices)));
    }

    /** Newest first, behind that entry. */
    List<ObjectNode> find(Query query, int size, @Nullable AuditCursor after) {
        return find(query, size, after, SortOrder.Desc);
    }

    /** Oldest first. */
    List<ObjectNode> first(Query query, int size) {
        return find(query, size, null, SortOrder.Asc);
    }

    private List<ObjectNode> find(Query query, int size, @Nullable AuditCursor after, SortOrder order) {
        return asked(() -> client
                .search(
                        s -> {
                            s.index(indices).query(query).size(size).sort(sort(order));
                            s.source(c -> c.filter(f -> f.excludes(INTERNAL)));
                            s.trackTotalHits(t -> t.enabled(false));
                            if (after != null) {
                                s.searchAfter(v -> v.longValue(after.at()))
                                        .searchAfter(v -> v.longValue(after.position()))
                                        .searchAfter(v -> v.stringValue(after.id()));
                            }
                            return s;
                        },
                        ObjectNode.class)
                .hits()
                .hits()
                .stream()
                .map(Hit::source)
                .filter(Objects::nonNull)
                .toList());
    }

    /** How many fit, counted up to that number. */
    long count(Query query, int most) {
        return asked(() -> {
            var total = client.search(
                            s -> s.index(indices).query(query).size(0).trackTotalHits(t -> t.count(most)),
                            ObjectNode.class)
                    .hits()
                    .total();
            return total == null ? 0 : total.value();
        });
    }

    private static List<SortOptions> sort(SortOrder order) {
        return ORDER.stream()
                .map(field -> SortOptions.of(o -> o.field(f -> f.field(field).order(order))))
                .toList();
    }

    private <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (IOException | ElasticsearchException e) {
            if (isOurMistake(e)) {
                throw new IllegalStateException("the search engine refused the request", e);
            }
            LOG.warn("search failed: {}", e.toString());
            throw RefusedException.unavailable("the search engine is not available at the moment" + lag.told());
        }
    }

    /** All 4xx but an index that is not there yet and a server that has too much to do. */
    private static boolean isOurMistake(Exception failure) {
        int status =
                switch (failure) {
                    case ElasticsearchException refused -> refused.status();
                    case TransportException answered when answered.response() != null -> answered.statusCode();
                    default -> 0;
                };
        return status >= 400 && status < 500 && status != NOT_FOUND && status != TOO_MANY;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws IOException;
    }
}
