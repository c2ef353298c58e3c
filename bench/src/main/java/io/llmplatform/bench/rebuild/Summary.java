package io.llmplatform.bench.rebuild;

import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code GET usage/summary} of the hours around now, as the console asks for it. */
record Summary(HttpClient http, URI address, String token) {
    static Summary asAdministrator(HttpClient http, Stack stack) throws IOException, InterruptedException {
        var token = stack.administrator(http);
        var hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        var address = stack.query() + "/api/admin/v1/usage/summary?from=" + hour.minus(1, ChronoUnit.HOURS) + "&to="
                + hour.plus(2, ChronoUnit.HOURS);
        return new Summary(http, URI.create(address), token);
    }

    /** Requests counted by now. */
    long requests() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .build();
        return Long.parseLong(answer(http, request, "requests"));
    }

    static String answer(HttpClient http, HttpRequest request, String field) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        var value = ContractJson.mapper().readTree(answer.body()).path(field);
        if (answer.statusCode() != 200 || value.isMissingNode()) {
            throw new IOException(request.uri() + ": " + answer.statusCode() + " " + answer.body());
        }
        return value.asString();
    }
}
