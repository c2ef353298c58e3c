package io.llmplatform.query.export;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import tools.jackson.databind.node.ObjectNode;

/** Rows as CSV (RFC 4180): a column per field, texts as they are, everything else as JSON. */
final class CsvTable {
    private CsvTable() {}

    static void write(List<ObjectNode> rows, Appendable out) throws IOException {
        var columns = new LinkedHashSet<String>();
        rows.forEach(row -> columns.addAll(row.propertyNames()));
        try (var csv = CSVFormat.RFC4180.print(out)) {
            if (!columns.isEmpty()) {
                csv.printRecord(columns);
            }
            for (var row : rows) {
                csv.printRecord(columns.stream().map(column -> CsvCell.of(row.get(column))));
            }
        }
    }
}
