package io.llmplatform.bench.contender;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Our JSON APIs, as one who holds a token or a key. */
final class Management {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String base;
    private final String token;

    private Management(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /**
     * The management API as the demo administrator.
     *
     * @param gateway address of the front door
     */
    static Management login(String gateway) throws IOException, InterruptedException {
        var nobody = new Management(gateway + "/api/admin/v1/", "");
        var answer = nobody.post("auth/login", Map.of("username", "admin", "password", "admin123"));
        return new Management(nobody.base, answer.path("access_token").asString());
    }

    /** @param base up to its last slash */
    static Management with(String base, String token) {
        return new Management(base, token);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send(path, HttpRequest.newBuilder().GET());
    }

    JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return send(
                path,
                HttpRequest.newBuilder()
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private JsonNode send(String path, HttpRequest.Builder request) throws IOException, InterruptedException {
        request.uri(URI.create(base + path)).timeout(Duration.ofSeconds(30));
        if (!token.isEmpty()) {
            request.header("authorization", "Bearer " + token);
        }
        var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
