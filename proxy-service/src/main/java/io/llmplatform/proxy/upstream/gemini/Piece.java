package io.llmplatform.proxy.upstream.gemini;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a candidate brings, in the order it came. */
sealed interface Piece {
    record Text(String text) implements Piece {}

    record Reasoning(String text) implements Piece {}

    /** @param arguments a JSON object as text */
    record Call(String name, String arguments, @Nullable String signature) implements Piece {}

    /** @param url with the data in it */
    record Image(String url) implements Piece {}

    /** Of a text or of thoughts; a call has its own. */
    record Sealed(String signature) implements Piece {}

    /** Parts of kinds that nothing in a chat request asks for are passed over. */
    static List<Piece> of(JsonNode candidate) {
        var pieces = new ArrayList<Piece>();
        for (var part : candidate.path("content").path("parts")) {
            var signature = part.path("thoughtSignature").stringValue("");
            var call = part.path("functionCall");
            if (call.isObject()) {
                pieces.add(call(call, signature.isEmpty() ? null : signature));
                continue;
            }
            var text = part.path("text").stringValue("");
            if (!text.isEmpty()) {
                pieces.add(part.path("thought").asBoolean(false) ? new Reasoning(text) : new Text(text));
            }
            var data = part.path("inlineData");
            if (data.isObject()) {
                pieces.add(new Image("data:" + data.path("mimeType").stringValue("application/octet-stream")
                        + ";base64," + data.path("data").stringValue("")));
            }
            if (!signature.isEmpty()) {
                pieces.add(new Sealed(signature));
            }
        }
        return pieces;
    }

    private static Call call(JsonNode call, @Nullable String signature) {
        var name = call.path("name").stringValue("");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("expected a functionCall with a name");
        }
        var args = call.path("args");
        return new Call(name, args.isObject() ? args.toString() : "{}", signature);
    }
}
