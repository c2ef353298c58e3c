package io.llmplatform.projections.usage;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Usage records in the text format of COPY; the columns are those of {@code usage-copy.sql}, in its order. */
final class CopyLines {
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

    void add(UsageRecord record) {
        text(record.requestId());
        plain(record.at());
        text(record.userId());
        text(record.teamId());
        text(record.apiKeyId());
        text(record.endpoint());
        text(record.model());
        text(record.servedModel());
        text(record.deployment());
        text(record.providerId());
        text(record.upstreamModel());
        plain(record.stream());
        plain(record.outcome() == null ? null : record.outcome().wire());
        plain(record.status());
        text(record.errorCode());
        plain(record.promptTokens());
        plain(record.completionTokens());
        plain(record.cachedTokens());
        plain(record.reasoningTokens());
        plain(record.tokensEstimated());
        plain(trimmed(record.cost()));
        text(record.currency());
        plain(record.latencyMs());
        plain(record.ttftMs());
        plain(record.attempts());
        json(record.trail());
        plain(record.cacheHit());
        json(record.metadata());
        text(record.ip());
        text(record.userAgent());
        text(record.gateway());
        lines.setCharAt(lines.length() - 1, '\n');
    }

    private static @Nullable BigDecimal trimmed(@Nullable BigDecimal cost) {
        return cost == null ? null : cost.stripTrailingZeros();
    }

    private void json(@Nullable Object value) {
        text(value == null ? null : ContractJson.mapper().writeValueAsString(value));
    }

    private void plain(@Nullable Object value) {
        if (value == null) {
            lines.append("\\N");
        } else {
            lines.append(value);
        }
        lines.append('\t');
    }

    private void plain(long value) {
        lines.append(value).append('\t');
    }

    private void plain(boolean value) {
        lines.append(value ? 't' : 'f').append('\t');
    }

    private void text(@Nullable String value) {
        if (value == null) {
            lines.append("\\N\t");
            return;
        }
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == '\n' || c == '\r' || c == '\t') {
                lines.append(value, from, i).append('\\');
                lines.append(c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\t' ? 't' : c);
                from = i + 1;
            }
        }
        lines.append(value, from, value.length()).append('\t');
    }
}
