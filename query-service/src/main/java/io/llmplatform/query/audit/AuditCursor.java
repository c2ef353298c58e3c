package io.llmplatform.query.audit;

import io.llmplatform.query.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The position of the last event of a page. */
final class AuditCursor {
    private static final String FORM = "a1|";

    private AuditCursor() {}

    static String encode(long position) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((FORM + position).getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable Long decode(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var clear = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            if (clear.startsWith(FORM)) {
                return Long.parseLong(clear.substring(FORM.length()));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw RefusedException.parameter("cursor", "is not a cursor that a page has answered with");
    }
}
