package io.llmplatform.command.sso;

import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** JSON over HTTP from the provider, bounded in time and size; redirects are not followed. */
final class ProviderHttp {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 512 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @throws SsoFailure an outage, unless the answer is 200 with JSON */
    JsonNode get(URI url, String... headers) {
        var request = HttpRequest.newBuilder(url).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        var answer = send(request);
        if (answer.statusCode() != 200) {
            throw SsoFailure.outage(url + " answered " + answer.statusCode());
        }
        return json(url, answer.body());
    }

    /** @throws SsoFailure refused for a 4xx, an outage for anything else that is not 200 with JSON */
    JsonNode post(URI url, String form, String authorization) {
        var answer = send(HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (answer.statusCode() == 200) {
            return json(url, answer.body());
        }
        // A wrong client secret is our own mistake, of which nobody who logs in can do anything.
        if (answer.statusCode() / 100 == 4 && answer.statusCode() != 401) {
            throw SsoFailure.refused("the provider refused the code");
        }
        throw SsoFailure.outage(url + " answered " + answer.statusCode());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        var built = request.timeout(ANSWER).header("Accept", "application/json").build();
        try {
            return client.send(
                    built,
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        } catch (IOException e) {
            throw SsoFailure.outage(built.uri() + ": " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SsoFailure.outage("shutting down");
        }
    }

    private static JsonNode json(URI url, String body) {
        try {
            return ContractJson.mapper().readTree(body);
        } catch (JacksonException e) {
            throw SsoFailure.outage(url + " answered something that is not JSON");
        }
    }
}
