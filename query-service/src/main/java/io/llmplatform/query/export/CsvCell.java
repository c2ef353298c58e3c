package io.llmplatform.query.export;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A value as the cell of a table: texts as they are, everything else as JSON. */
public final class CsvCell {
    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\\t\\r].*");

    private CsvCell() {}

    public static String of(@Nullable JsonNode value) {
        if (value == null || value.isNull() || value.isMissingNode()) {
            return "";
        }
        return value.isString() ? guarded(value.stringValue()) : value.toString();
    }

    /** A spreadsheet would run what begins like this as a formula; an import takes the quotation mark away again. */
    private static String guarded(String text) {
        return FORMULA.matcher(text).matches() ? "'" + text : text;
    }
}
