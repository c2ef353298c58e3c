package io.llmplatform.command.policy;

import io.llmplatform.command.http.FieldErrors;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Metadata in bodies: names with short texts. */
public final class Tags {
    private static final int MOST = 16;
    private static final int LONGEST = 256;
    private static final Pattern NAME = Pattern.compile("^[A-Za-z0-9_.-]{1,64}$");

    private Tags() {}

    /** Absent when there is none. */
    public static @Nullable Map<String, String> tags(@Nullable Map<String, String> tags) {
        return tags == null || tags.isEmpty() ? null : tags;
    }

    public static void check(FieldErrors errors, String field, @Nullable Map<String, @Nullable String> tags) {
        if (tags == null) {
            return;
        }
        errors.check(tags.size() <= MOST, field, "expected at most " + MOST);
        tags.entrySet().stream().limit(MOST).forEach(tag -> {
            if (NAME.matcher(tag.getKey()).matches()) {
                errors.required(field + "." + tag.getKey(), tag.getValue(), 1, LONGEST);
            } else {
                errors.add(field, "expected names of the form " + NAME.pattern());
            }
        });
    }
}
