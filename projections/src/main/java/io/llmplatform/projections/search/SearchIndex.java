package io.llmplatform.projections.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.Conflicts;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.projections.runtime.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * An index behind an alias. Writes name the alias and insist that it is one, so a lost index is noticed and never
 * quietly made anew with guessed mappings.
 */
public final class SearchIndex {
    private final ElasticsearchClient client;
    private final String alias;
    private final String index;
    private final String mapping;
    private final BulkWriter bulk;

    SearchIndex(ElasticsearchClient client, String alias, int version, String mapping, BulkWriter bulk) {
        this.client = client;
        this.alias = alias;
        this.index = alias + "-v" + version;
        this.mapping = mapping;
        this.bulk = bulk;
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
        bulk.write(documents);
    }

    /**
     * Deletes, in the background, documents whose date is before that.
     *
     * @throws TransientFailure when the server is not available
     */
    public void deleteBefore(String field, Instant before) {
        try {
            client.deleteByQuery(d -> d.index(alias)
                    .conflicts(Conflicts.Proceed)
                    .waitForCompletion(false)
                    .query(q -> q.range(r -> r.date(date -> date.field(field).lt(before.toString())))));
        } catch (IOException | ElasticsearchException e) {
            throw new TransientFailure("search: old documents of " + alias + " could not be deleted", e);
        }
    }
}
