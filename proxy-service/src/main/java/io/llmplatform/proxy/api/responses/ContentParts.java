package io.llmplatform.proxy.api.responses;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The content of messages and tool outputs, part by part. */
final class ContentParts {
    private ContentParts() {}

    /** The parts of a content that may also be a plain string. */
    static List<ObjectNode> of(JsonNode content, String where) throws UntranslatableException {
        var out = new ArrayList<ObjectNode>();
        if (content.isString()) {
            out.add(text(content.stringValue()));
            return out;
        }
        if (!content.isArray()) {
            throw new UntranslatableException(where, "The content must be a string or an array of parts.");
        }
        for (int i = 0; i < content.size(); i++) {
            out.add(part(content.get(i), where + "[" + i + "]"));
        }
        return out;
    }

    /** One text as a string, anything else as an array: what the most providers understand. */
    static JsonNode content(List<ObjectNode> parts) {
        var out = Fields.array();
        out.addAll(parts);
        return parts.size() == 1 && isText(out.get(0)) ? out.get(0).get("text") : out;
    }

    /**
     * For roles that have nothing but text.
     *
     * @param separator between parts
     */
    static String joined(List<ObjectNode> parts, String separator, String where) throws UntranslatableException {
        var out = new StringJoiner(separator);
        for (var part : parts) {
            if (!isText(part)) {
                throw new UntranslatableException(where, "Only text can stand here.");
            }
            out.add(part.get("text").stringValue());
        }
        return out.toString();
    }

    static boolean isText(JsonNode chatPart) {
        return "text".equals(Fields.text(chatPart, "type"));
    }

    static ObjectNode text(String text) {
        return Fields.object().put("type", "text").put("text", text);
    }

    private static ObjectNode part(JsonNode part, String where) throws UntranslatableException {
        var type = Fields.text(part, "type", "");
        return switch (type) {
            case "input_text", "output_text", "text" -> text(need(part, "text", where));
            case "input_image" -> image(part, where);
            case "input_file" -> file(part, where);
            case "input_audio" -> {
                var out = Fields.object().put("type", "input_audio");
                out.set("input_audio", part.path("input_audio"));
                yield out;
            }
            default ->
                throw new UntranslatableException(where + ".type", "A part of type '" + type + "' cannot stand here.");
        };
    }

    private static ObjectNode image(JsonNode part, String where) throws UntranslatableException {
        refuse(
                part,
                "file_id",
                where,
                "Uploaded files are not available from this model's provider; send 'image_url'.");
        var out = Fields.object().put("type", "image_url");
        var image = out.putObject("image_url").put("url", need(part, "image_url", where));
        var detail = Fields.text(part, "detail");
        if (detail != null) {
            image.put("detail", detail);
        }
        return out;
    }

    private static ObjectNode file(JsonNode part, String where) throws UntranslatableException {
        refuse(
                part,
                "file_id",
                where,
                "Uploaded files are not available from this model's provider; send 'file_data'.");
        refuse(part, "file_url", where, "This model's provider fetches no files; send 'file_data'.");
        var out = Fields.object().put("type", "file");
        var file = out.putObject("file");
        var name = Fields.text(part, "filename");
        if (name != null) {
            file.put("filename", name);
        }
        file.put("file_data", need(part, "file_data", where));
        return out;
    }

    private static void refuse(JsonNode part, String name, String where, String why) throws UntranslatableException {
        if (Fields.given(part, name)) {
            throw new UntranslatableException(where + "." + name, why);
        }
    }

    private static String need(JsonNode part, String name, String where) throws UntranslatableException {
        var value = Fields.text(part, name);
        if (value == null) {
            throw new UntranslatableException(where + "." + name, "'" + name + "' must be a string.");
        }
        return value;
    }

    /** What an assistant refused to say; null where it did not. */
    static @Nullable String refusal(JsonNode content) {
        if (content instanceof ArrayNode parts) {
            for (var part : parts) {
                if ("refusal".equals(Fields.text(part, "type"))) {
                    return Fields.text(part, "refusal", "");
                }
            }
        }
        return null;
    }
}
