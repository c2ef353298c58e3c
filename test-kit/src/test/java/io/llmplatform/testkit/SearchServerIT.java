package io.llmplatform.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class SearchServerIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void documentsAreFoundAgainAfterKillAndRestart() throws Exception {
        try (var server = SearchServer.start()) {
            assertThat(call(server, "PUT", "/notes", "{\"mappings\":{\"properties\":{\"text\":{\"type\":\"text\"}}}}")
                            .statusCode())
                    .isEqualTo(200);
            var indexed = call(
                    server,
                    "PUT",
                    "/notes/_doc/1?version=7&version_type=external&refresh=true",
                    "{\"text\":\"a key was revoked\"}");
            assertThat(indexed.statusCode()).isEqualTo(201);
            server.kill();
            server.restart();
            var found = call(server, "GET", "/notes/_search?q=text:revoked", "");
            assertThat(found.body()).contains("\"_id\":\"1\"").contains("\"value\":1");
        }
    }

    @Test
    void anIndexThatNobodyMadeStaysUnknown() throws Exception {
        var answer = call(SearchServer.shared(), "PUT", "/nobody-made-this/_doc/1", "{}");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("index_not_found_exception");
    }

    private HttpResponse<String> call(SearchServer server, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
