package io.llmplatform.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.UnauthorizedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The running stack: its address, and a key of its own for each test class. */
final class Stack {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String gateway;

    /** @throws IllegalStateException when the environment does not tell where the stack is */
    Stack() {
        var url = System.getenv("PLATFORM_GATEWAY_URL");
        if (url == null || url.isBlank()) {
            throw new IllegalStateException("PLATFORM_GATEWAY_URL is not set: run these tests by ./platform test");
        }
        gateway = url;
    }

    /** Where the data plane is, as clients are given it. */
    String baseUrl() {
        return gateway + "/v1";
    }

    /** A client with the given key and no retries, so that every call is one request. */
    OpenAIClient client(String apiKey) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl())
                .apiKey(apiKey)
                .maxRetries(0)
                .build();
    }

    /** A new key, once the gateway takes it. */
    String issueKey() throws IOException, InterruptedException {
        var login = post("auth/login", Map.of("username", "admin", "password", "admin123"), "");
        var issued = post(
                "api-keys",
                Map.of("name", "java " + System.nanoTime()),
                login.get("access_token").asString());
        var key = issued.get("key").asString();
        var client = client(key);
        await("the new key works")
                .atMost(Duration.ofSeconds(10))
                .ignoreException(UnauthorizedException.class)
                .until(() -> !client.models().list().data().isEmpty());
        client.close();
        return key;
    }

    private JsonNode post(String path, Map<String, String> body, String token)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(gateway + "/api/admin/v1/" + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isBetween(200, 201);
        return JSON.readTree(answer.body());
    }
}
