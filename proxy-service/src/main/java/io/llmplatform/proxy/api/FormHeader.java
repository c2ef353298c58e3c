package io.llmplatform.proxy.api;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A header such as {@code form-data; name="file"; filename="a.wav"}, strictly: no parameter twice, nothing that two readers could
 * take for different things.
 *
 * @param value  in lower case, what stands before the parameters
 * @param params by name in lower case
 */
record FormHeader(String value, Map<String, String> params) {
    private static final String TOKEN = "!#$%&'*+-.^_`|~";

    @Nullable
    String param(String name) {
        return params.get(name);
    }

    /** @return absent when it is malformed */
    static @Nullable FormHeader parse(String text) {
        var params = new HashMap<String, String>();
        int at = text.indexOf(';');
        var value = (at < 0 ? text : text.substring(0, at)).strip().toLowerCase(Locale.ROOT);
        while (at >= 0 && at < text.length()) {
            at = skipBlanks(text, at + 1);
            int nameTo = token(text, at);
            if (nameTo == at) {
                if (at == text.length() || text.charAt(at) == ';') {
                    continue;
                }
                return null;
            }
            var name = text.substring(at, nameTo).toLowerCase(Locale.ROOT);
            // RFC 2231's continuations and encodings are read by some and ignored by others.
            boolean extended = name.indexOf('*') >= 0 && !name.equals("filename*");
            if (extended || nameTo == text.length() || text.charAt(nameTo) != '=') {
                return null;
            }
            int from = nameTo + 1;
            boolean quoted = from < text.length() && text.charAt(from) == '"';
            int to = quoted ? closingQuote(text, from + 1) : token(text, from);
            if (to < 0 || (!quoted && to == from)) {
                return null;
            }
            if (params.put(name, quoted ? unescaped(text.substring(from + 1, to)) : text.substring(from, to)) != null) {
                return null;
            }
            at = skipBlanks(text, quoted ? to + 1 : to);
            if (at < text.length() && text.charAt(at) != ';') {
                return null;
            }
        }
        return new FormHeader(value, params);
    }

    private static int closingQuote(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i;
            }
            boolean escape = c == '\\' && i + 1 < text.length();
            if (escape && (text.charAt(i + 1) == '"' || text.charAt(i + 1) == '\\')) {
                i++;
            }
        }
        return -1;
    }

    /** Only of {@code \"} and {@code \\}: browsers write file names of Windows with single backslashes. */
    private static String unescaped(String quoted) {
        if (quoted.indexOf('\\') < 0) {
            return quoted;
        }
        var out = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            boolean escape = c == '\\' && i + 1 < quoted.length();
            if (escape && (quoted.charAt(i + 1) == '"' || quoted.charAt(i + 1) == '\\')) {
                i++;
            }
            out.append(quoted.charAt(i));
        }
        return out.toString();
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /** Where the token that starts here ends. */
    static int token(String text, int from) {
        int at = from;
        while (at < text.length() && isToken(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isToken(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || TOKEN.indexOf(c) >= 0;
    }
}
