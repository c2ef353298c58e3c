package io.llmplatform.proxy.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway must know of a form (multipart/form-data, RFC 7578). Offsets are those of the body, which is not copied: whoever
 * replaces the model's name exchanges the bytes from {@code modelFrom} to {@code modelTo} and leaves all others.
 *
 * @param stream         as the field says; false when it is not there
 * @param responseFormat likewise absent
 * @param prompt         likewise absent
 * @param files          in their order
 */
public record FormScan(
        String model,
        int modelFrom,
        int modelTo,
        boolean stream,
        @Nullable String responseFormat,
        @Nullable String prompt,
        List<File> files) {
    public static final int MAX_PARTS = 64;
    private static final int MAX_SHORT = 256;
    private static final int MAX_PROMPT = 128 * 1024;
    private static final Set<String> STEERING = Set.of("model", "stream", "response_format", "prompt");

    /**
     * A part with a file name.
     *
     * @param name        of the field
     * @param contentType as the client says; absent when it does not
     * @param from        offset of its first byte
     * @param size        in bytes
     */
    public record File(
            String name, String filename, @Nullable String contentType, int from, int size) {}

    /** @throws MalformedFormException when the form is broken, or could be read in two ways, or names no model */
    public static FormScan scan(byte[] body, String contentType) throws MalformedFormException {
        return new Scan(body).run(FormBoundary.of(contentType));
    }

    private static final class Scan {
        private final byte[] body;
        private final Set<String> seen = new HashSet<>();
        private final List<File> files = new ArrayList<>();
        private @Nullable String model;
        private int modelFrom;
        private int modelTo;
        private boolean stream;
        private @Nullable String responseFormat;
        private @Nullable String prompt;

        Scan(byte[] body) {
            this.body = body;
        }

        FormScan run(FormBoundary boundary) throws MalformedFormException {
            var line = boundary.next(body, 0);
            if (line.from() < 0) {
                throw new MalformedFormException(
                        null, "The body does not contain the boundary that its Content-Type names.");
            }
            for (int parts = 0; !line.last(); parts++) {
                if (parts == MAX_PARTS) {
                    throw new MalformedFormException(null, "The form has more than " + MAX_PARTS + " parts.");
                }
                var next = boundary.next(body, line.to());
                if (next.from() < 0) {
                    throw new MalformedFormException(null, "The form ends before its closing boundary.");
                }
                part(FormPart.read(body, line.to(), next.dataTo()));
                line = next;
            }
            if (boundary.next(body, line.to()).from() >= 0) {
                throw new MalformedFormException(null, "The form goes on behind its closing boundary.");
            }
            var named = model;
            if (named == null) {
                throw new MalformedFormException("model", "You must provide a `model` parameter.");
            }
            return new FormScan(named, modelFrom, modelTo, stream, responseFormat, prompt, List.copyOf(files));
        }

        private void part(FormPart part) throws MalformedFormException {
            var name = part.name();
            if (!STEERING.contains(name)) {
                if (STEERING.contains(part.nameUnescaped())) {
                    throw new MalformedFormException(
                            part.nameUnescaped(), "Write the name of `" + part.nameUnescaped() + "` without escapes.");
                }
                if (part.filename() != null) {
                    files.add(new File(name, part.filename(), part.contentType(), part.from(), part.size()));
                }
                return;
            }
            if (part.filename() != null) {
                throw new MalformedFormException(name, "`" + name + "` must be text, not a file.");
            }
            if (!seen.add(name)) {
                throw new MalformedFormException(name, "`" + name + "` is given more than once.");
            }
            var text = text(part);
            switch (name) {
                case "model" -> {
                    if (text.isBlank()) {
                        throw new MalformedFormException(name, "`model` must not be empty.");
                    }
                    model = text;
                    modelFrom = part.from();
                    modelTo = part.to();
                }
                case "stream" -> stream = flag(text);
                case "response_format" -> responseFormat = text;
                default -> prompt = text;
            }
        }

        private String text(FormPart part) throws MalformedFormException {
            int max = part.name().equals("prompt") ? MAX_PROMPT : MAX_SHORT;
            if (part.size() > max) {
                throw new MalformedFormException(
                        part.name(), "`" + part.name() + "` is longer than " + max + " bytes.");
            }
            var type = part.contentType() == null ? null : FormHeader.parse(part.contentType());
            var charset = type == null ? null : type.param("charset");
            if (charset != null && !charset.equalsIgnoreCase("utf-8") && !charset.equalsIgnoreCase("us-ascii")) {
                throw new MalformedFormException(part.name(), "`" + part.name() + "` must be in UTF-8.");
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(body, part.from(), part.size()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new MalformedFormException(part.name(), "`" + part.name() + "` must be in UTF-8.");
            }
        }

        private static boolean flag(String text) throws MalformedFormException {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> true;
                case "false", "" -> false;
                default -> throw new MalformedFormException("stream", "`stream` must be `true` or `false`.");
            };
        }
    }
}
