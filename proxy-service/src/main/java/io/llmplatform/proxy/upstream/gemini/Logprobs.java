package io.llmplatform.proxy.upstream.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code logprobsResult} as {@code logprobs}. */
final class Logprobs {
    private Logprobs() {}

    static @Nullable ObjectNode of(JsonNode candidate) {
        var result = candidate.path("logprobsResult");
        var chosen = result.path("chosenCandidates");
        if (!chosen.isArray() || chosen.isEmpty()) {
            return null;
        }
        var out = Shape.JSON.createObjectNode();
        var content = out.putArray("content");
        for (int i = 0; i < chosen.size(); i++) {
            var token = content.addObject();
            token(chosen.get(i), token);
            var top = token.putArray("top_logprobs");
            for (var other : result.path("topCandidates").path(i).path("candidates")) {
                token(other, top.addObject());
            }
        }
        return out.putNull("refusal");
    }

    private static void token(JsonNode gemini, ObjectNode out) {
        var text = gemini.path("token").stringValue("");
        out.put("token", text).set("logprob", gemini.path("logProbability"));
        var bytes = out.putArray("bytes");
        for (byte b : text.getBytes(UTF_8)) {
            bytes.add(b & 0xff);
        }
    }
}
