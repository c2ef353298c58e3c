package io.llmplatform.query.export;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows as CSV (RFC 4180): a column per field, texts as they are, everything else as JSON. */
public final class CsvTable {
    private static final Pattern FORMULA = Pattern.compile("(?s)'*[=+\\-@\\t\\r].*");

    private CsvTable() {}

    static void write(List<ObjectNode> rows, Appendable out) throws IOException {
        var columns = new LinkedHashSet<String>();
        rows.forEach(row -> columns.addAll(row.propertyNames()));
        try (var csv = CSVFormat.RFC4180.print(out)) {
            if (!columns.isEmpty()) {
                csv.printRecord(columns);
            }
            for (var row : rows) {
                csv.printRecord(columns.stream().map(column -> cell(row.get(column))));
            }
        }
    }

    /** A text as it is, unless a spreadsheet would run it; everything else as JSON. */
    public static String cell(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return "";
        }
        return value.isString() ? guarded(value.stringValue()) : value.toString();
    }

    /** A spreadsheet would run what begins like this as a formula; an import takes the quotation mark away again. */
    private static String guarded(String text) {
        return FORMULA.matcher(text).matches() ? "'" + text : text;
    }
}
