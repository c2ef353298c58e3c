package io.llmplatform.query.web;

import java.time.DateTimeException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A parameter as the API document has it. */
record ApiParameter(
        String name,
        String in,
        String type,
        @Nullable String format,
        List<String> values,
        @Nullable Integer minimum,
        @Nullable Integer maximum,
        @Nullable Integer maxLength) {
    private static final int LONGEST = 500;

    /** What is wrong with a value, null when nothing is. */
    @Nullable
    String complaint(String value) {
        if (value.indexOf('\0') >= 0) {
            return "must not contain NUL";
        }
        int longest = maxLength == null ? LONGEST : maxLength;
        if (value.codePointCount(0, value.length()) > longest) {
            return "is longer than " + longest + " characters";
        }
        if (!values.isEmpty() && !values.contains(value)) {
            return "'" + value + "' (expected one of " + String.join(", ", values) + ")";
        }
        if (type.equals("integer")) {
            return integerComplaint(value);
        }
        return "date-time".equals(format) ? instantComplaint(value) : null;
    }

    private @Nullable String integerComplaint(String value) {
        long number;
        try {
            number = "int64".equals(format) ? Long.parseLong(value) : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            return "'" + value + "' (expected an integer)";
        }
        if ((minimum != null && number < minimum) || (maximum != null && number > maximum)) {
            return number + " (expected " + minimum + " to " + maximum + ")";
        }
        return null;
    }

    private static @Nullable String instantComplaint(String value) {
        try {
            Instants.parse(value);
            return null;
        } catch (DateTimeException e) {
            return "'" + value + "' (expected an instant from 1970 to 2200 such as 2026-01-31T08:00:00Z)";
        }
    }
}
