package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Images, audio and files as parts: data goes inside, an address goes as one that Gemini fetches itself. */
final class Media {
    /** By extension of the path or file name; Gemini wants a type with every address. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("heic", "image/heic"),
            Map.entry("heif", "image/heif"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"));

    private static final Map<String, String> AUDIO = Map.of(
            "wav", "audio/wav",
            "mp3", "audio/mp3",
            "aac", "audio/aac",
            "flac", "audio/flac",
            "ogg", "audio/ogg",
            "aiff", "audio/aiff");

    private Media() {}

    /** @param image an object with {@code url}; {@code detail} is a hint and left out */
    static ObjectNode image(@Nullable JsonNode image, String param) throws UntranslatableException {
        var at = param + ".url";
        var url = Shape.text(Shape.object(image, param).get("url"), at);
        if (url.regionMatches(true, 0, "data:", 0, 5)) {
            return dataUrl(url, at);
        }
        var lower = url.toLowerCase(Locale.ROOT);
        if (!lower.startsWith("https://") && !lower.startsWith("http://") && !lower.startsWith("gs://")) {
            throw new UntranslatableException(at, "Expected an http(s) address or a data URL in '" + at + "'.");
        }
        var type = TYPES.get(extension(url.split("[?#]", 2)[0]));
        if (type == null || !type.startsWith("image/")) {
            throw new UntranslatableException(
                    at,
                    "Gemini models need the type of an image, and this address does not end in a known one"
                            + " (png, jpg, webp, gif, heic); send the image as a data URL.");
        }
        var part = Shape.JSON.createObjectNode();
        part.putObject("fileData").put("mimeType", type).put("fileUri", url);
        return part;
    }

    static ObjectNode audio(ObjectNode audio, String param) throws UntranslatableException {
        var format = Shape.text(audio.get("format"), param + ".format");
        var type = AUDIO.get(format.toLowerCase(Locale.ROOT));
        if (type == null) {
            throw Shape.refused(param + ".format", "Audio in format '" + format + "'");
        }
        return inlined(type, Shape.text(audio.get("data"), param + ".data"));
    }

    static ObjectNode file(ObjectNode file, String param) throws UntranslatableException {
        if (absent(file.get("file_data"))) {
            throw Shape.refused(param, "A file that is not sent along in 'file_data'");
        }
        var data = Shape.text(file.get("file_data"), param + ".file_data");
        if (data.regionMatches(true, 0, "data:", 0, 5)) {
            return dataUrl(data, param + ".file_data");
        }
        var type = TYPES.get(extension(file.path("filename").stringValue("")));
        if (type == null) {
            throw new UntranslatableException(
                    param + ".file_data",
                    "Gemini models need the type of a file; send it as a data URL or with a 'filename' that tells it.");
        }
        return inlined(type, data);
    }

    private static ObjectNode dataUrl(String url, String param) throws UntranslatableException {
        int comma = url.indexOf(',');
        var head = comma < 0 ? "" : url.substring("data:".length(), comma);
        int end = head.indexOf(';');
        if (end <= 0 || !head.toLowerCase(Locale.ROOT).endsWith(";base64")) {
            throw new UntranslatableException(
                    param, "Expected a data URL with a type and base64 data, such as 'data:image/png;base64,…'.");
        }
        return inlined(head.substring(0, end), url.substring(comma + 1));
    }

    private static ObjectNode inlined(String type, String base64) {
        var part = Shape.JSON.createObjectNode();
        part.putObject("inlineData").put("mimeType", type).put("data", base64);
        return part;
    }

    private static String extension(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
