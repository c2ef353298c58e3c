package io.llmplatform.projections.search;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import io.llmplatform.projections.settings.Settings;
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
    private static final Timeout CONNECT = Timeout.ofSeconds(2);
    private static final Timeout ANSWER = Timeout.ofSeconds(15);

    @Bean(destroyMethod = "close")
    Rest5Client searchConnections(Settings settings) {
        return Rest5Client.builder(URI.create(settings.search().url()))
                .setConnectionConfigCallback(c -> c.setConnectTimeout(CONNECT).setSocketTimeout(ANSWER))
                .setRequestConfigCallback(c -> c.setResponseTimeout(ANSWER))
                .setHttpClientConfigCallback(http -> customize(http, settings.search()))
                .build();
    }

    @Bean(destroyMethod = "") // its connections are closed as what they are
    ElasticsearchClient searchClient(Rest5Client rest) {
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
