package io.llmplatform.projections.search;

import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.HttpResponse;

/**
 * OpenSearch knows neither Elasticsearch's vendor media types nor the header by which its client recognises the server.
 * Elasticsearch takes the plain media types too, so both are served alike.
 */
final class OpenSearchHeaders {
    private static final String PRODUCT = "X-Elastic-Product";

    private OpenSearchHeaders() {}

    static void onRequest(HttpMessage request) {
        for (var name : new String[] {"Accept", "Content-Type"}) {
            var header = request.getFirstHeader(name);
            if (header != null && header.getValue().startsWith("application/vnd.elasticsearch+")) {
                request.setHeader(
                        name, header.getValue().contains("ndjson") ? "application/x-ndjson" : "application/json");
            }
        }
    }

    static void onResponse(HttpResponse response) {
        if (!response.containsHeader(PRODUCT)) {
            response.addHeader(PRODUCT, "Elasticsearch");
        }
    }
}
