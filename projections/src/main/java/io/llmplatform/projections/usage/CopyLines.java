package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.RequestKey;
import io.llmplatform.contracts.usage.UsageRecord;
import java.util.stream.Collectors;

/** Usage records in the text format of COPY; the columns are those of {@code usage-copy.sql}, in its order. */
final class CopyLines {
    private static final int NONE = -1;

    private final StringBuilder lines = new StringBuilder();

    int length() {
        return lines.length();
    }

    /** What was added since the last call. */
    String take() {
        var text = lines.toString();
        lines.setLength(0);
        return text;
    }

    void add(Numbered numbered) {
        var record = numbered.record();
        lines.append(record.at()).append('\t');
        plain(numbered.series().id());
        plain(numbered.manner().id());
        plain(numbered.origin().id());
        lines.append(numbered.key()).append('\t');
        plain(record.promptTokens());
        plain(record.completionTokens());
        plain(record.cachedTokens());
        plain(record.reasoningTokens());
        plain(record.latencyMs());
        plain(record.ttftMs() == null ? NONE : record.ttftMs());
        lines.append(Required.of("cost", record.cost()).stripTrailingZeros()).append('\t');
        escaped(rest(record));
        lines.append('\n');
    }

    private void plain(long value) {
        lines.append(value).append('\t');
    }

    /** What few have, as PostgreSQL writes it: builds are compared by the texts of their rows. */
    private static String rest(UsageRecord record) {
        var trail = record.trail();
        if (trail == null && RequestKey.readable(record.requestId())) {
            return "";
        }
        var rest = new StringBuilder("{");
        if (!RequestKey.readable(record.requestId())) {
            rest.append("\"id\": ").append(quoted(record.requestId()));
        }
        if (trail != null) {
            rest.append(rest.length() > 1 ? ", " : "").append("\"trail\": ");
            rest.append(trail.stream()
                    .map(attempt -> "{\"ms\": " + attempt.ms() + ", \"result\": " + quoted(attempt.result())
                            + ", \"deployment\": " + quoted(attempt.deployment()) + "}")
                    .collect(Collectors.joining(", ", "[", "]")));
        }
        return rest.append('}').toString();
    }

    private static String quoted(String text) {
        return ContractJson.mapper().writeValueAsString(text);
    }

    private void escaped(String value) {
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '\n' || c == '\r' || c == '\t') {
                lines.append(value, from, i).append('\\');
                lines.append(c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c);
                from = i + 1;
            }
        }
        lines.append(value, from, value.length());
    }
}
