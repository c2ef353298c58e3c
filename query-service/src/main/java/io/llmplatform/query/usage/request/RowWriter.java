package io.llmplatform.query.usage.request;

import io.llmplatform.query.export.CsvCell;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes requests one after the other. What is written has an end that says how many there were: without it, it was cut. */
sealed interface RowWriter {
    void row(UsageRequest request) throws IOException;

    void end(long rows) throws IOException;

    static RowWriter of(String format, JsonMapper mapper, Writer out) throws IOException {
        if (!format.equals("csv")) {
            return new Lines(mapper, out);
        }
        var csv = new Csv(mapper, CSVFormat.RFC4180.print(out));
        csv.out().printRecord(Csv.COLUMNS);
        return csv;
    }

    /** An object a line (JSONL). */
    record Lines(JsonMapper mapper, Writer out) implements RowWriter {
        @Override
        public void row(UsageRequest request) throws IOException {
            out.write(mapper.writeValueAsString(request));
            out.write('\n');
        }

        @Override
        public void end(long rows) throws IOException {
            out.write("{\"end\":true,\"rows\":" + rows + "}\n");
        }
    }

    /** RFC 4180, every column in every row. */
    record Csv(JsonMapper mapper, CSVPrinter out) implements RowWriter {
        private static final List<String> COLUMNS = Arrays.stream(UsageRequest.class.getRecordComponents())
                .map(component ->
                        component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT))
                .toList();

        @Override
        public void row(UsageRequest request) throws IOException {
            ObjectNode row = mapper.valueToTree(request);
            out.printRecord(COLUMNS.stream().map(column -> CsvCell.of(row.get(column))));
        }

        @Override
        public void end(long rows) throws IOException {
            out.printRecord("#end", rows);
        }
    }
}
