package io.llmplatform.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table, row by row. */
final class Table {
    private final StringBuilder text = new StringBuilder();

    Table(List<String> head) {
        row(head);
        row(head.stream().map(cell -> "---").toList());
    }

    Table row(List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        return this;
    }

    /** A row with a name in front. */
    Table row(String name, List<String> cells) {
        var whole = new ArrayList<>(List.of(name));
        whole.addAll(cells);
        return row(whole);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
