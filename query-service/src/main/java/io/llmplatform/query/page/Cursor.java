package io.llmplatform.query.page;

import io.llmplatform.query.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The last row of a page, from which the next one goes on: rows that come or go meanwhile move nothing. Opaque to
 * clients, worth nothing to forge (filters and rights apply again), so it is checked and not signed.
 */
public record Cursor(Instant at, String id) {
    private static final String FORM = "1";
    private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}]{1,200}");

    public String encode() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((FORM + "|" + at + "|" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws RefusedException 400 when the text is not a cursor that a page has answered with */
    public static @Nullable Cursor decode(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("\\|", 3);
            if (parts.length == 3
                    && parts[0].equals(FORM)
                    && ID.matcher(parts[2]).matches()) {
                return new Cursor(io.llmplatform.query.web.Instants.parse(parts[1]), parts[2]);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // told below
        }
        throw RefusedException.parameter("cursor", "is not a cursor that a page has answered with");
    }
}
