package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.load.Prompt;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/**
 * One plain request on a connection of its own, to see that a target is there and passes on the upstream's answer. A kept
 * connection may have been closed while the target was held.
 */
public final class Probe {
    private Probe() {}

    /** @return nothing when the answer is the upstream's, else what was wrong with it */
    public static String fault(Call call) throws InterruptedException {
        var request = HttpRequest.newBuilder(call.uri())
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Prompt.ofSize(1024, call.model(), false)));
        call.headers().forEach(request::setHeader);
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                return "status " + answer.statusCode() + ": " + abridged(answer.body());
            }
            return answer.body().contains("A gateway stands between")
                    ? ""
                    : "not the upstream's answer: " + abridged(answer.body());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String abridged(String text) {
        return text.length() < 300 ? text : text.substring(0, 300) + "…";
    }
}
