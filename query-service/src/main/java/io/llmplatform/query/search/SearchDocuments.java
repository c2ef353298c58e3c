package io.llmplatform.query.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.core.search.Hit;
import co.elastic.clients.transport.TransportException;
import io.llmplatform.query.web.RefusedException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents as they are in the search engine, in an order that stays stable while others arrive. Every method answers with a
 * {@link RefusedException} (503) while the search engine is away.
 */
public final class SearchDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(SearchDocuments.class);
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final ElasticsearchClient client;
    private final Shape shape;
    private final Supplier<String> whileAway;

    /** @param whileAway the end of the sentence that tells that the search engine is away */
    public SearchDocuments(ElasticsearchClient client, Shape shape, Supplier<String> whileAway) {
        this.client = client;
        this.shape = shape;
        this.whileAway = whileAway;
    }

    /**
     * @param indices  names of aliases, with their prefix
     * @param order    fields that order documents, the last of them different in each
     * @param internal fields that serve the search alone
     */
    public record Shape(List<String> indices, List<String> order, List<String> internal) {}

    /** Makes what was written a moment ago visible. */
    public void refresh() {
        asked(() -> client.indices().refresh(r -> r.index(shape.indices)));
    }

    /** @param after the values of the order's fields of the document behind which to go on; empty for the beginning */
    public List<ObjectNode> find(Query query, int size, List<FieldValue> after, SortOrder direction) {
        return asked(() -> client
                .search(
                        s -> {
                            s.index(shape.indices).query(query).size(size).sort(sort(direction));
                            s.source(c -> c.filter(f -> f.excludes(shape.internal)));
                            s.trackTotalHits(t -> t.enabled(false));
                            return after.isEmpty() ? s : s.searchAfter(after);
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
    public long count(Query query, int most) {
        return asked(() -> {
            var total = client.search(
                            s -> s.index(shape.indices).query(query).size(0).trackTotalHits(t -> t.count(most)),
                            ObjectNode.class)
                    .hits()
                    .total();
            return total == null ? 0 : total.value();
        });
    }

    private List<SortOptions> sort(SortOrder direction) {
        return shape.order.stream()
                .map(field -> SortOptions.of(o -> o.field(f -> f.field(field).order(direction))))
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
            throw RefusedException.unavailable("the search engine is not available at the moment" + whileAway.get());
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
