package io.llmplatform.bench.rebuild;

import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/** The search index of requests. */
record RequestIndex(HttpClient http, String url) {
    private static final String ALIAS = "/llm-requests";

    /** Deletes it: the projection makes it anew and fills it from the beginning. */
    void delete() throws IOException, InterruptedException {
        for (var name : send("GET", ALIAS + "/_settings").propertyNames()) {
            send("DELETE", "/" + name);
        }
    }

    /** Documents that a search finds. */
    long documents() throws IOException, InterruptedException {
        send("POST", ALIAS + "/_refresh");
        return send("GET", ALIAS + "/_count").path("count").asLong(0);
    }

    /** Documents that a search would find by now. */
    long visible() throws IOException, InterruptedException {
        return send("GET", ALIAS + "/_count").path("count").asLong(0);
    }

    long bytes() throws IOException, InterruptedException {
        send("POST", ALIAS + "/_flush");
        return send("GET", ALIAS + "/_stats/store")
                .at("/_all/primaries/store/size_in_bytes")
                .asLong(0);
    }

    private JsonNode send(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 404) {
            return ContractJson.mapper().createObjectNode();
        }
        if (answer.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + answer.body());
        }
        return ContractJson.mapper().readTree(answer.body());
    }
}
