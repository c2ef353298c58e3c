package io.llmplatform.proxy.wire;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** JSON text as bytes. */
public final class JsonBytes {
    private JsonBytes() {}

    /**
     * UTF-8; half of a surrogate pair, which has no form there, is written as an escape. Providers cut texts between the
     * halves, each in an event of its own: whoever puts the events together again has the whole character.
     */
    public static byte[] of(String json) {
        return (hasLoneSurrogate(json) ? escaped(json) : json).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!pairAt(text, i)) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static boolean pairAt(String text, int at) {
        return at + 1 < text.length() && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
    }

    private static String escaped(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                out.append(c);
            } else if (pairAt(text, i)) {
                out.append(c).append(text.charAt(++i));
            } else {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            }
        }
        return out.toString();
    }
}
