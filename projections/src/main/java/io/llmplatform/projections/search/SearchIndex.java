package io.llmplatform.projections.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch._types.VersionType;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * An index behind an alias. Writes name the alias and insist that it is one, so a lost index is noticed and never
 * quietly made anew with guessed mappings.
 */
public final class SearchIndex {
    private static final int CONFLICT = 409;
    private static final int BAD_REQUEST = 400;
    private static final int TOO_LARGE = 413;

    private final ElasticsearchClient client;
    private final String alias;
    private final String index;
    private final String mapping;

    SearchIndex(ElasticsearchClient client, String alias, int version, String mapping) {
        this.client = client;
        this.alias = alias;
        this.index = alias + "-v" + version;
        this.mapping = mapping;
    }

    /** @throws TransientFailure when the server is not available */
    public boolean exists() {
        try {
            return client.indices().exists(e -> e.index(index)).value();
        } catch (IOException | ElasticsearchException e) {
            throw new TransientFailure("search: not known whether index " + index + " is there", e);
        }
    }

    /**
     * Creates what is missing, and adds to an index that is there the fields it does not know yet.
     *
     * @throws TransientFailure when the server is not available
     */
    public void ensure() {
        try {
            if (exists()) {
                addFields();
            } else {
                create();
            }
            if (!client.indices().existsAlias(a -> a.name(alias)).value()) {
                client.indices().putAlias(a -> a.index(index).name(alias));
            }
        } catch (IOException | ElasticsearchException e) {
            throw new TransientFailure("search: index " + index + " is not ready", e);
        }
    }

    private void create() throws IOException {
        try (var definition = definition()) {
            client.indices().create(c -> c.index(index).withJson(definition));
        } catch (ElasticsearchException e) {
            if (!"resource_already_exists_exception".equals(e.error().type())) {
                throw e;
            }
        }
    }

    /** A mapping only ever grows: fields of documents that are there already are what they were. */
    private void addFields() throws IOException {
        try (var definition = definition()) {
            var mappings =
                    ContractJson.mapper().readTree(definition).path("mappings").toString();
            client.indices().putMapping(m -> m.index(index).withJson(new StringReader(mappings)));
        }
    }

    private InputStream definition() {
        return Objects.requireNonNull(SearchIndex.class.getResourceAsStream(mapping), mapping);
    }

    /**
     * Writes documents; those that are already there in the same or a higher version stay.
     *
     * @throws TransientFailure         when any could not be written for now
     * @throws IllegalArgumentException when one is refused for what it holds, or the request as a whole for one in it
     */
    public void write(List<SearchDocument> documents) {
        if (documents.isEmpty()) {
            return;
        }
        try {
            var operations = documents.stream().map(this::operation).toList();
            client.bulk(b -> b.operations(operations)).items().forEach(this::check);
        } catch (ElasticsearchException e) {
            if (e.status() == BAD_REQUEST || e.status() == TOO_LARGE) {
                // One by one it turns out which document it was.
                throw new IllegalArgumentException("search: bulk write to " + alias + " refused: " + e.getMessage());
            }
            throw new TransientFailure("search: bulk write to " + alias + " failed", e);
        } catch (IOException | UncheckedIOException e) {
            throw new TransientFailure("search: bulk write to " + alias + " failed", e);
        }
    }

    private BulkOperation operation(SearchDocument document) {
        return BulkOperation.of(b -> b.index(i -> i.index(alias)
                .requireAlias(true)
                .id(document.id())
                .version(document.version())
                .versionType(VersionType.External)
                .document(document.body())));
    }

    private void check(BulkResponseItem item) {
        ErrorCause error = item.error();
        if (error == null || item.status() == CONFLICT) {
            return;
        }
        var what = "search: " + alias + "/" + item.id() + ": " + error.type();
        var reason = error.reason() == null ? "" : error.reason();
        if (item.status() == BAD_REQUEST && !reason.contains("no write index")) {
            throw new IllegalArgumentException(what + ": " + reason);
        }
        throw new TransientFailure(what + " (" + item.status() + ")");
    }
}
