package io.llmplatform.command.http;

import io.llmplatform.command.change.Change;
import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.refusal.Refusal.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the fields of a body, to tell it all at once. */
public final class FieldErrors {
    private final List<FieldError> errors = new ArrayList<>();

    /** A text that must be there, within bounds (in characters). */
    public FieldErrors required(String field, @Nullable String value, int least, int most) {
        return value == null ? add(field, "is required") : optional(field, value, least, most);
    }

    /** A text that may be absent. */
    public FieldErrors optional(String field, @Nullable String value, int least, int most) {
        if (value == null) {
            return this;
        }
        int length = value.codePointCount(0, value.length());
        if (length < least || length > most) {
            return add(field, "expected " + least + " to " + most + " characters, got " + length);
        }
        if (least > 0 && value.isBlank()) {
            return add(field, "must not be blank");
        }
        if (value.chars()
                .anyMatch(c -> Character.isISOControl(c) || Character.isSurrogate((char) c) && !paired(value))) {
            return add(field, "must not contain control characters");
        }
        return this;
    }

    /** A text of a certain form. */
    public FieldErrors matches(String field, @Nullable String value, Pattern form) {
        return value == null || form.matcher(value).matches()
                ? this
                : add(field, "expected the form " + form.pattern());
    }

    /** Something that must be there. */
    public FieldErrors present(String field, @Nullable Object value) {
        return value == null ? add(field, "is required") : this;
    }

    /** A value that can be replaced but not taken away. */
    public FieldErrors notCleared(String field, Change<?> change) {
        return change.clears() ? add(field, "must not be null") : this;
    }

    public FieldErrors check(boolean ok, String field, String message) {
        return ok ? this : add(field, message);
    }

    public FieldErrors add(String field, String message) {
        errors.add(new FieldError(field, message));
        return this;
    }

    /** @throws Refusal.Invalid when anything was wrong */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new Refusal.Invalid(errors);
        }
    }

    private static boolean paired(String value) {
        return value.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
