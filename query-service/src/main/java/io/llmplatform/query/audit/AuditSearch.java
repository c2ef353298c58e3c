package io.llmplatform.query.audit;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.transport.TransportException;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.settings.Settings;
import io.llmplatform.query.web.RefusedException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Searches the audit documents. Their order is that of the log, so pages stay stable while events arrive. */
@Component
class AuditSearch {
    private static final Logger LOG = LoggerFactory.getLogger(AuditSearch.class);
    /** Fields that serve the search alone. */
    private static final List<String> INTERNAL = List.of("all", "changed");

    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final ElasticsearchClient client;
    private final String index;

    AuditSearch(ElasticsearchClient client, Settings settings) {
        this.client = client;
        this.index = settings.search().indexPrefix() + "audit";
    }

    /** @param refresh whether what was written a moment ago must be visible */
    Page<ObjectNode> find(AuditFilter filter, int limit, @Nullable String cursor, boolean refresh) {
        var after = AuditCursor.decode(cursor);
        try {
            if (refresh) {
                client.indices().refresh(r -> r.index(index));
            }
            var hits = client.search(
                            s -> {
                                s.index(index).query(filter.query()).size(limit + 1);
                                s.sort(o -> o.field(f -> f.field("position").order(SortOrder.Desc)));
                                s.source(c -> c.filter(f -> f.excludes(INTERNAL)));
                                s.trackTotalHits(t -> t.enabled(false));
                                if (after != null) {
                                    s.searchAfter(v -> v.longValue(after));
                                }
                                return s;
                            },
                            ObjectNode.class)
                    .hits()
                    .hits();
            return page(hits, limit);
        } catch (IOException | ElasticsearchException e) {
            if (isOurMistake(e)) {
                throw new IllegalStateException("the search engine refused the request", e);
            }
            LOG.warn("search failed: {}", e.toString());
            throw RefusedException.unavailable("the search engine is not available at the moment");
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

    private static Page<ObjectNode> page(List<Hit<ObjectNode>> hits, int limit) {
        var shown = hits.size() > limit ? hits.subList(0, limit) : hits;
        var data = shown.stream().map(Hit::source).toList();
        var next = hits.size() > limit
                ? AuditCursor.encode(data.getLast().path("position").asLong())
                : null;
        return new Page<>(data, next);
    }
}
