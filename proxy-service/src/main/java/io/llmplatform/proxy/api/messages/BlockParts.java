package io.llmplatform.proxy.api.messages;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Blocks that a person may write (text, images, documents) as parts of a chat message. */
final class BlockParts {
    /** Between blocks of text: a chat message of text alone is one string, which is all that some providers take. */
    static final String BETWEEN = "\n\n";

    private BlockParts() {}

    /** @param content a string or blocks */
    static List<ObjectNode> of(JsonNode content, String path) throws UntranslatableException {
        var parts = new ArrayList<ObjectNode>();
        if (content.isString()) {
            parts.add(text(content.stringValue()));
        } else if (content.isArray()) {
            for (int i = 0; i < content.size(); i++) {
                parts.addAll(part(content.get(i), path + "[" + i + "]"));
            }
        } else if (!content.isMissingNode() && !content.isNull()) {
            throw new UntranslatableException(path, "Expected a string or an array of content blocks.");
        }
        return parts;
    }

    static List<ObjectNode> part(JsonNode block, String path) throws UntranslatableException {
        var type = block.path("type").asString("");
        return switch (type) {
            case "text" -> List.of(text(block.path("text").asString("")));
            case "image" -> List.of(image(block.path("source"), path + ".source"));
            case "document" -> document(block, path);
            default ->
                throw new UntranslatableException(
                        path + ".type", "Content of type '" + type + "' cannot be carried over to this model here.");
        };
    }

    /** As one string where it is text alone, else as parts. */
    static JsonNode content(List<ObjectNode> parts) {
        if (parts.stream().allMatch(BlockParts::isText)) {
            return ContractJson.mapper().getNodeFactory().stringNode(joined(parts));
        }
        ArrayNode all = ContractJson.mapper().createArrayNode();
        return all.addAll(parts);
    }

    static boolean isText(JsonNode part) {
        return part.path("type").asString("").equals("text");
    }

    static String joined(List<ObjectNode> texts) {
        return texts.stream().map(part -> part.path("text").asString("")).collect(Collectors.joining(BETWEEN));
    }

    static ObjectNode text(String text) {
        return ContractJson.mapper().createObjectNode().put("type", "text").put("text", text);
    }

    private static ObjectNode image(JsonNode source, String path) throws UntranslatableException {
        var url =
                switch (source.path("type").asString("")) {
                    case "base64" -> dataUrl(source);
                    case "url" -> source.path("url").asString("");
                    default ->
                        throw new UntranslatableException(
                                path,
                                "Images must be sent along or be given by URL: this model cannot reach stored ones.");
                };
        var part = ContractJson.mapper().createObjectNode().put("type", "image_url");
        part.putObject("image_url").put("url", url);
        return part;
    }

    private static List<ObjectNode> document(JsonNode block, String path) throws UntranslatableException {
        if (block.path("citations").path("enabled").asBoolean(false)) {
            throw new UntranslatableException(path + ".citations", "This model gives no citations.");
        }
        var source = block.path("source");
        return switch (source.path("type").asString("")) {
            case "base64" -> List.of(file(block, source));
            case "text" -> List.of(described(block, source.path("data").asString("")));
            case "content" -> {
                var parts = new ArrayList<ObjectNode>();
                if (block.path("title").isString() || block.path("context").isString()) {
                    parts.add(described(block, ""));
                }
                parts.addAll(of(source.path("content"), path + ".source.content"));
                yield parts;
            }
            default ->
                throw new UntranslatableException(
                        path + ".source", "Documents must be sent along: this model cannot fetch them.");
        };
    }

    private static ObjectNode file(JsonNode block, JsonNode source) {
        var part = ContractJson.mapper().createObjectNode().put("type", "file");
        part.putObject("file")
                .put("filename", block.path("title").asString("document.pdf"))
                .put("file_data", dataUrl(source));
        return part;
    }

    private static ObjectNode described(JsonNode block, String text) {
        return text(Stream.of(
                        block.path("title").asString(""), block.path("context").asString(""), text)
                .filter(piece -> !piece.isEmpty())
                .collect(Collectors.joining("\n")));
    }

    private static String dataUrl(JsonNode source) {
        return "data:" + source.path("media_type").asString("") + ";base64,"
                + source.path("data").asString("");
    }
}
