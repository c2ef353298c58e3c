package io.llmplatform.proxy.upstream.anthropic;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Content of a chat message, string or parts, as blocks. Empty text is left out: Anthropic refuses it. */
final class ContentParts {
    private static final Set<String> IMAGES = Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

    private ContentParts() {}

    /** Text only, as in instructions and in what the model said. */
    static List<ObjectNode> text(JsonNode content, String path) throws UntranslatableException {
        return blocks(content, path, false);
    }

    static List<ObjectNode> anything(JsonNode content, String path) throws UntranslatableException {
        return blocks(content, path, true);
    }

    private static List<ObjectNode> blocks(JsonNode content, String path, boolean media)
            throws UntranslatableException {
        var blocks = new ArrayList<ObjectNode>();
        if (content.isString()) {
            addText(content.stringValue(), blocks);
        } else if (content.isArray()) {
            for (int i = 0; i < content.size(); i++) {
                part(content.get(i), path + "[" + i + "]", media, blocks);
            }
        } else if (!content.isNull() && !content.isMissingNode()) {
            throw new UntranslatableException(path, "Expected a string or an array of content parts.");
        }
        return blocks;
    }

    private static void part(JsonNode part, String path, boolean media, List<ObjectNode> into)
            throws UntranslatableException {
        int before = into.size();
        var type = part.path("type").asString("");
        switch (type) {
            case "text", "refusal" -> addText(part.path(type).asString(""), into);
            case "image_url" -> {
                refuseUnless(media, path, type);
                into.add(image(part.path("image_url"), path));
            }
            case "file" -> {
                refuseUnless(media, path, type);
                into.add(file(part.path("file"), path));
            }
            default -> refuseUnless(false, path, type);
        }
        if (into.size() > before && part.hasNonNull("cache_control")) {
            into.getLast().set("cache_control", part.path("cache_control"));
        }
    }

    private static void addText(String text, List<ObjectNode> into) {
        if (!text.isEmpty()) {
            into.add(block("text").put("text", text));
        }
    }

    private static ObjectNode image(JsonNode image, String path) throws UntranslatableException {
        var url = image.isString() ? image.stringValue() : image.path("url").asString("");
        var block = block("image");
        var data = DataUrl.of(url);
        if (data.isPresent()) {
            if (!IMAGES.contains(data.get().mediaType())) {
                throw new UntranslatableException(
                        path + ".image_url.url",
                        "This model takes images as JPEG, PNG, GIF or WebP, not as '"
                                + data.get().mediaType() + "'.");
            }
            source(block, "base64", data.get().mediaType())
                    .put("data", data.get().base64());
        } else if (url.startsWith("https://") || url.startsWith("http://")) {
            block.putObject("source").put("type", "url").put("url", url);
        } else {
            throw new UntranslatableException(
                    path + ".image_url.url", "Expected an http(s) or a base64 data URL of an image.");
        }
        return block;
    }

    private static ObjectNode file(JsonNode file, String path) throws UntranslatableException {
        if (!file.path("file_data").isString()) {
            throw new UntranslatableException(
                    path + ".file", "Files must be sent along as file_data: this model cannot reach stored ones.");
        }
        var data = DataUrl.of(file.path("file_data").stringValue())
                .orElseThrow(() -> new UntranslatableException(
                        path + ".file.file_data", "Expected a base64 data URL such as data:application/pdf;base64,…"));
        var block = block("document");
        switch (data.mediaType()) {
            case "application/pdf" -> source(block, "base64", "application/pdf").put("data", data.base64());
            case "text/plain" -> source(block, "text", "text/plain").put("data", decoded(data, path));
            default ->
                throw new UntranslatableException(
                        path + ".file.file_data",
                        "This model takes files as PDF or plain text, not as '" + data.mediaType() + "'.");
        }
        if (file.path("filename").isString()) {
            block.set("title", file.path("filename"));
        }
        return block;
    }

    private static String decoded(DataUrl data, String path) throws UntranslatableException {
        try {
            return new String(Base64.getDecoder().decode(data.base64()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UntranslatableException(path + ".file.file_data", "This is not base64.");
        }
    }

    private static ObjectNode source(ObjectNode block, String type, String mediaType) {
        return block.putObject("source").put("type", type).put("media_type", mediaType);
    }

    private static ObjectNode block(String type) {
        return ContractJson.mapper().createObjectNode().put("type", type);
    }

    private static void refuseUnless(boolean possible, String path, String type) throws UntranslatableException {
        if (!possible) {
            throw new UntranslatableException(
                    path + ".type", "Content of type '" + type + "' cannot be carried over to this model here.");
        }
    }
}
