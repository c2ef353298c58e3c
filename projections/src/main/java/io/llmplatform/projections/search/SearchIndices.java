package io.llmplatform.projections.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import io.llmplatform.projections.settings.Settings;
import org.springframework.stereotype.Component;

/** Where projections get their index from. */
@Component
public class SearchIndices {
    private final ElasticsearchClient client;
    private final String prefix;

    SearchIndices(ElasticsearchClient client, Settings settings) {
        this.client = client;
        this.prefix = settings.search().indexPrefix();
    }

    /**
     * @param name    of the alias without the prefix, and of the mapping file {@code /search/<name>.json}
     * @param version of the projection: each has an index of its own
     */
    public SearchIndex index(String name, int version) {
        return new SearchIndex(client, prefix + name, version, "/search/" + name + ".json");
    }
}
