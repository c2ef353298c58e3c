package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.translate.UntranslatableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The content of a message as parts. Empty texts are left out: Gemini refuses them. */
final class ContentParts {
    private ContentParts() {}

    /** @param content text or parts of a user's message */
    static ArrayNode of(@Nullable JsonNode content, String param) throws UntranslatableException {
        var parts = Shape.JSON.createArrayNode();
        if (content != null && content.isString()) {
            text(content.stringValue(), parts);
            return parts;
        }
        var list = Shape.array(content, param);
        for (int i = 0; i < list.size(); i++) {
            var at = param + "[" + i + "]";
            part(Shape.object(list.get(i), at), at, parts);
        }
        return parts;
    }

    /** @param content text or parts of it, where nothing else can be carried over */
    static String textOnly(@Nullable JsonNode content, String param) throws UntranslatableException {
        if (content != null && content.isString()) {
            return content.stringValue();
        }
        var list = Shape.array(content, param);
        var text = new StringBuilder();
        for (int i = 0; i < list.size(); i++) {
            var at = param + "[" + i + "]";
            var part = Shape.object(list.get(i), at);
            var type = Shape.text(part.get("type"), at + ".type");
            switch (type) {
                case "text" -> text.append(Shape.text(part.get("text"), at + ".text"));
                case "refusal" -> text.append(Shape.text(part.get("refusal"), at + ".refusal"));
                default ->
                    throw Shape.refused(at + ".type", "Content of type '" + type + "' in a message of this role");
            }
        }
        return text.toString();
    }

    private static void part(ObjectNode part, String param, ArrayNode out) throws UntranslatableException {
        var type = Shape.text(part.get("type"), param + ".type");
        switch (type) {
            case "text" -> text(Shape.text(part.get("text"), param + ".text"), out);
            case "image_url" -> out.add(Media.image(part.get("image_url"), param + ".image_url"));
            case "input_audio" ->
                out.add(Media.audio(
                        Shape.object(part.get("input_audio"), param + ".input_audio"), param + ".input_audio"));
            case "file" -> out.add(Media.file(Shape.object(part.get("file"), param + ".file"), param + ".file"));
            default -> throw Shape.refused(param + ".type", "Content of type '" + type + "'");
        }
    }

    private static void text(String text, ArrayNode out) {
        if (!text.isEmpty()) {
            out.addObject().put("text", text);
        }
    }
}
