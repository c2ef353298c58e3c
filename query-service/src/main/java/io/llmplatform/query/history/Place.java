package io.llmplatform.query.history;

import io.llmplatform.query.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page ended, told by two texts. Worth nothing to forge: filters and rights apply again. */
record Place(String first, String second) {
    static final Place BEGINNING = new Place("", "");

    private static final String FORM = "h1";

    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((FORM + "\n" + first + "\n" + second).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws RefusedException 400 when the text is not a cursor that a page has answered with */
    static Place decode(@Nullable String cursor) {
        if (cursor == null) {
            return BEGINNING;
        }
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\n", 3);
            if (parts.length == 3 && parts[0].equals(FORM) && !(parts[1] + parts[2]).contains("\0")) {
                return new Place(parts[1], parts[2]);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw refused();
    }

    static long sequence(String cursor) {
        try {
            return Long.parseLong(decode(cursor).first());
        } catch (NumberFormatException e) {
            throw refused();
        }
    }

    private static RefusedException refused() {
        return RefusedException.parameter("cursor", "is not a cursor that a page has answered with");
    }
}
