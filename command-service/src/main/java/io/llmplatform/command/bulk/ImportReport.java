package io.llmplatform.command.bulk;

import io.llmplatform.command.refusal.Refusal.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What became of each row, in their order. */
record ImportReport(String mode, long created, long failed, List<Row> rows) {
    static ImportReport of(String mode, List<Row> rows) {
        long created = rows.stream().filter(row -> row.id != null).count();
        return new ImportReport(mode, created, rows.size() - created, rows);
    }

    /**
     * One row: created with {@code id}, or refused with {@code problem}.
     *
     * @param row     0-based, without header and empty lines
     * @param key        of a new API key, told here and never again
     * @param invitation of a person without a password: the one-time link, told here and never again
     * @param problem the last part of a problem's type
     */
    record Row(
            int row,
            @Nullable String id,
            @Nullable Long version,
            @Nullable String key,
            @Nullable JsonNode invitation,
            @Nullable String problem,
            @Nullable String detail,
            @Nullable List<FieldError> errors) {
        static Row created(int row, String id, long version, @Nullable String key, @Nullable JsonNode invitation) {
            return new Row(row, id, version, key, invitation, null, null, null);
        }

        static Row refused(int row, String problem, @Nullable String detail, @Nullable List<FieldError> errors) {
            return new Row(row, null, null, null, null, problem, detail, errors);
        }

        boolean isRefused() {
            return id == null;
        }

        @Override
        public String toString() {
            return "Row[" + row + "]";
        }
    }
}
