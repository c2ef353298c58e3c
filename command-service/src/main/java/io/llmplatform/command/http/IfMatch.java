package io.llmplatform.command.http;

import io.llmplatform.command.refusal.Refusal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code If-Match} header: one version in quotes. */
public final class IfMatch {
    private static final Pattern VERSION = Pattern.compile("\"(\\d{1,18})\"");

    private IfMatch() {}

    /** @throws Refusal.Invalid when it is anything but absent, {@code *} or a version in quotes */
    public static @Nullable Long version(@Nullable String header) {
        if (header == null || header.isBlank() || header.strip().equals("*")) {
            return null;
        }
        var version = VERSION.matcher(header.strip());
        if (!version.matches()) {
            throw new Refusal.Invalid("If-Match", "expected a version in quotes, such as \"3\"");
        }
        return Long.parseLong(version.group(1));
    }
}
