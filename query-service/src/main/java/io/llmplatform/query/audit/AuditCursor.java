package io.llmplatform.query.audit;

import io.llmplatform.query.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The last entry of a page.
 *
 * @param at milliseconds
 */
record AuditCursor(long at, long position, String id) {
    private static final Pattern FORM = Pattern.compile("a2\\|(\\d{1,18})\\|(\\d{1,18})\\|([\\w.:-]{1,200})");

    String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("a2|" + at + "|" + position + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable AuditCursor decode(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var parts = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
            if (parts.matches()) {
                return new AuditCursor(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), parts.group(3));
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw RefusedException.parameter("cursor", "is not a cursor that a page has answered with");
    }
}
