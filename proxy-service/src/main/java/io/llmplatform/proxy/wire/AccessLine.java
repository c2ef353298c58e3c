package io.llmplatform.proxy.wire;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What the access log says about one request.
 *
 * @param path    without query: what stands behind a question mark is cut off, it may hold secrets
 * @param millis  from arrival to the end of the answer
 * @param key     id of the API key, never the key itself
 * @param outcome as in the usage record
 * @param ua      the client's user agent
 * @param trace   id of the trace
 */
public record AccessLine(
        String id,
        String method,
        String path,
        int status,
        long bytesIn,
        long bytesOut,
        long millis,
        @Nullable String ip,
        @Nullable String user,
        @Nullable String key,
        @Nullable String model,
        @Nullable String outcome,
        @Nullable String ua,
        @Nullable String trace) {
    private static final int SHORT = 64;
    private static final int MODEL = 128;
    private static final int LONG = 256;
    private static final int PATH = 512;

    /** The ASCII characters that need no quotes. */
    private static final boolean[] PLAIN = new boolean[128];

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/:@+,;()*%&!$[]"
                .chars()
                .forEach(c -> PLAIN[c] = true);
    }

    /**
     * One line in logfmt, without line break and time stamp. Always all fields in this order; {@code -} for an absent one. A value
     * with anything but plain characters is quoted, with {@code \"}, {@code \\}, and {@code \\uXXXX} for what is no visible
     * character, so that no client can break the line or forge a field.
     */
    public String format() {
        var out = new StringBuilder(384);
        text(out, "id", id, SHORT);
        text(out, "method", method, SHORT);
        text(out, "path", pathWithoutQuery(), PATH);
        number(out, "status", status);
        number(out, "bytes_in", bytesIn);
        number(out, "bytes_out", bytesOut);
        number(out, "ms", millis);
        text(out, "ip", ip, SHORT);
        text(out, "user", user, SHORT);
        text(out, "key", key, SHORT);
        text(out, "model", model, MODEL);
        text(out, "outcome", outcome, SHORT);
        text(out, "ua", ua, LONG);
        text(out, "trace", trace, SHORT);
        return out.toString();
    }

    /** What stands behind it may hold secrets. */
    public String pathWithoutQuery() {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '?' || path.charAt(i) == '#') {
                return path.substring(0, i);
            }
        }
        return path;
    }

    private static void number(StringBuilder out, String name, long value) {
        begin(out, name).append(value);
    }

    private static void text(StringBuilder out, String name, @Nullable String value, int max) {
        begin(out, name);
        if (value == null) {
            out.append('-');
        } else if (value.length() <= max && plain(value)) {
            out.append(value);
        } else {
            quoted(out, value, max);
        }
    }

    private static StringBuilder begin(StringBuilder out, String name) {
        return (out.isEmpty() ? out : out.append(' ')).append(name).append('=');
    }

    private static boolean plain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                return false;
            }
        }
        return !value.isEmpty() && !value.equals("-");
    }

    private static void quoted(StringBuilder out, String value, int max) {
        out.append('"');
        int i = 0;
        int end = Math.min(value.length(), max);
        while (i < end) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c == ' ' || visible(c)) {
                out.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    out.append("\\u").append(HexFormat.of().toHexDigits(unit));
                }
            }
        }
        if (value.length() > max) {
            out.append('…');
        }
        out.append('"');
    }

    /** Neither a control nor a separator, nothing that turns the direction of writing, nothing unpaired or unassigned. */
    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
