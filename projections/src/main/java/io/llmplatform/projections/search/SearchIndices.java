package io.llmplatform.projections.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.llmplatform.projections.settings.Settings;
import org.springframework.stereotype.Component;

/** Where projections get their index from. */
@Component
public class SearchIndices {
    private final ElasticsearchClient client;
    private final Rest5Client rest;
    private final String prefix;

    SearchIndices(ElasticsearchClient client, Rest5Client rest, Settings settings) {
        this.client = client;
        this.rest = rest;
        this.prefix = settings.search().indexPrefix();
    }

    /**
     * @param name    of the alias without the prefix, and of the mapping file {@code /search/<name>.json}
     * @param version of the projection: each has an index of its own
     */
    public SearchIndex index(String name, int version) {
        return new SearchIndex(
                client, prefix + name, version, "/search/" + name + ".json", new BulkWriter(rest, prefix + name));
    }
}
