package io.llmplatform.proxy.api;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One part of a form.
 *
 * @param filename    present for files, maybe empty
 * @param contentType as its header says
 * @param from        offset of its first byte of data, which end at {@code to}
 */
record FormPart(
        String name, @Nullable String filename, @Nullable String contentType, int from, int to) {
    private static final int MAX_HEADERS = 8192;

    /** Reads the headers of what stands between two boundaries. */
    static FormPart read(byte[] body, int from, int to) throws MalformedFormException {
        FormHeader disposition = null;
        String contentType = null;
        int at = from;
        while (true) {
            int end = endOfLine(body, at, Math.min(to, from + MAX_HEADERS));
            if (end == at) {
                return named(disposition, contentType, at + 2, to);
            }
            var line = new String(body, at, end - at, StandardCharsets.UTF_8);
            at = end + 2;
            int colon = FormHeader.token(line, 0);
            if (colon == 0 || colon == line.length() || line.charAt(colon) != ':') {
                throw malformed();
            }
            var value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-disposition" -> {
                    if (disposition != null) {
                        throw malformed();
                    }
                    disposition = FormHeader.parse(value);
                    if (disposition == null) {
                        throw malformed();
                    }
                }
                case "content-type" -> {
                    if (contentType != null) {
                        throw malformed();
                    }
                    contentType = value;
                }
                case "content-transfer-encoding" -> plainOnly(value);
                default -> {}
            }
        }
    }

    int size() {
        return to - from;
    }

    /** How a reader would see the name that takes both backslashes and percent signs for escapes. */
    String nameUnescaped() {
        var name = name().replace("\\", "");
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static FormPart named(@Nullable FormHeader disposition, @Nullable String contentType, int from, int to)
            throws MalformedFormException {
        var name = disposition == null ? null : disposition.param("name");
        if (disposition == null || name == null || !disposition.value().equals("form-data")) {
            throw new MalformedFormException(
                    null, "Every part of the form must have a header Content-Disposition: form-data with a name.");
        }
        var filename = disposition.param("filename");
        return new FormPart(name, filename == null ? disposition.param("filename*") : filename, contentType, from, to);
    }

    /** Of the line that starts here, at its CRLF. */
    private static int endOfLine(byte[] body, int from, int limit) throws MalformedFormException {
        for (int i = from; i + 1 < limit; i++) {
            byte b = body[i];
            if (b == '\r' && body[i + 1] == '\n') {
                return i;
            }
            if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7F) {
                throw malformed();
            }
        }
        throw malformed();
    }

    private static void plainOnly(String encoding) throws MalformedFormException {
        switch (encoding.toLowerCase(Locale.ROOT)) {
            case "7bit", "8bit", "binary" -> {}
            default ->
                throw new MalformedFormException(
                        null, "A part of the form has a Content-Transfer-Encoding; send its bytes as they are.");
        }
    }

    private static MalformedFormException malformed() {
        return new MalformedFormException(null, "A part of the form has malformed or overlong headers.");
    }
}
