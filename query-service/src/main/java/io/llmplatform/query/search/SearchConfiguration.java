package io.llmplatform.query.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.llmplatform.query.settings.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client of the search engine: Elasticsearch's own, made to get on with OpenSearch as well. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {
    private static final Timeout CONNECT = Timeout.ofSeconds(1);
    private static final Timeout ANSWER = Timeout.ofSeconds(5);

    @Bean(destroyMethod = "close")
    ElasticsearchClient searchClient(Settings settings) {
        var rest = Rest5Client.builder(URI.create(settings.search().url()))
                .setConnectionConfigCallback(c -> c.setConnectTimeout(CONNECT).setSocketTimeout(ANSWER))
                .setRequestConfigCallback(c -> c.setResponseTimeout(ANSWER))
                .setHttpClientConfigCallback(http -> customize(http, settings.search()))
                .build();
        return new ElasticsearchClient(new Rest5ClientTransport(rest, new Jackson3JsonpMapper()));
    }

    private static void customize(HttpAsyncClientBuilder http, Settings.Search search) {
        http.addRequestInterceptorLast((request, entity, context) -> OpenSearchHeaders.onRequest(request));
        http.addResponseInterceptorFirst((response, entity, context) -> OpenSearchHeaders.onResponse(response));
        if (!search.username().isEmpty()) {
            var credentials = (search.username() + ":" + search.password()).getBytes(StandardCharsets.UTF_8);
            var basic = "Basic " + Base64.getEncoder().encodeToString(credentials);
            http.addRequestInterceptorLast((request, entity, context) -> request.setHeader("Authorization", basic));
        }
    }
}
