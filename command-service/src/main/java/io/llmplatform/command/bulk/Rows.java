package io.llmplatform.command.bulk;

import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the rows of an import. JSON: an array of objects, each as the body of the creation. CSV (RFC 4180, with a header):
 * a column per field, an empty cell is an absent field; fields that are not texts hold JSON.
 */
final class Rows {
    static final int MOST = 500;

    /** Everything else holds JSON, so that 5 is a number and ["a"] a list. */
    private static final Set<String> TEXTS = Set.of(
            "name",
            "username",
            "password",
            "email",
            "display_name",
            "role",
            "team",
            "team_id",
            "user",
            "user_id",
            "expires_at",
            "description",
            "kind",
            "id",
            "status",
            "prefix");

    /** What an export puts a quotation mark before, so that no spreadsheet takes it for a formula. */
    private static final Pattern GUARDED = Pattern.compile("(?s)'+[=+\\-@\\t\\r].*");

    private Rows() {}

    /** @throws Refusal.Invalid naming line and column */
    static List<ObjectNode> ofCsv(String text) {
        var format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                .get();
        var rows = new ArrayList<ObjectNode>();
        try (var records = format.parse(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text))) {
            for (var record : records) {
                if (rows.size() == MOST) {
                    throw tooMany();
                }
                if (!record.isConsistent()) {
                    throw new Refusal.Invalid(
                            "rows[" + rows.size() + "]",
                            "expected " + records.getHeaderNames().size() + " cells, got " + record.size());
                }
                rows.add(row(records.getHeaderNames(), record, rows.size()));
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            throw new Refusal.Invalid("body", "expected CSV with one header line, each column once");
        }
        return rows;
    }

    private static ObjectNode row(List<String> columns, CSVRecord record, int index) {
        var row = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i).strip();
            var cell = record.get(i);
            if (cell.isEmpty()) {
                continue;
            }
            if (TEXTS.contains(column)) {
                row.put(column, GUARDED.matcher(cell).matches() ? cell.substring(1) : cell);
                continue;
            }
            try {
                row.set(column, ContractJson.mapper().readTree(cell));
            } catch (JacksonException e) {
                throw new Refusal.Invalid("rows[" + index + "]." + column, "expected JSON");
            }
        }
        return row;
    }

    /** @throws Refusal.Invalid when it is no array of objects */
    static List<ObjectNode> ofJson(String text) {
        try {
            var tree = ContractJson.mapper().readTree(text);
            if (tree.size() > MOST) {
                throw tooMany();
            }
            var rows = new ArrayList<ObjectNode>();
            for (var each : tree) {
                if (!(each instanceof ObjectNode row)) {
                    throw new Refusal.Invalid("rows[" + rows.size() + "]", "expected an object");
                }
                rows.add(row);
            }
            if (tree.isArray()) {
                return rows;
            }
        } catch (JacksonException e) {
            throw new Refusal.Invalid("body", "is not JSON");
        }
        throw new Refusal.Invalid("body", "expected an array of objects");
    }

    private static Refusal.Invalid tooMany() {
        return new Refusal.Invalid("rows", "expected at most " + MOST);
    }
}
