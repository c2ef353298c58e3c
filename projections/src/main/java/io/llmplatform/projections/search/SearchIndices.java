package io.llmplatform.projections.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.llmplatform.projections.settings.Settings;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Where projections get their index from. */
@Component
public class SearchIndices {
    private final ElasticsearchClient client;
    private final Rest5Client rest;
    private final SearchMonths months;
    private final Clock clock;
    private final String prefix;

    SearchIndices(ElasticsearchClient client, Rest5Client rest, SearchMonths months, Clock clock, Settings settings) {
        this.client = client;
        this.rest = rest;
        this.months = months;
        this.clock = clock;
        this.prefix = settings.search().indexPrefix();
    }

    /** @param name of the alias without the prefix, and of the mapping file {@code /search/<name>.json} */
    public SearchIndex index(String name) {
        var alias = prefix + name;
        return new SearchIndex(client, alias, "/search/" + name + ".json", new BulkWriter(rest, alias), months, clock);
    }
}
