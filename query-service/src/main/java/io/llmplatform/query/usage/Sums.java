package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What some requests add up to; {@code UsageSums} of the management API.
 *
 * @param costs by currency
 */
public record Sums(
        long requests,
        long completed,
        long promptTokens,
        long completionTokens,
        long cachedTokens,
        long reasoningTokens,
        SortedMap<String, BigDecimal> costs) {
    public static final Sums NONE = new Sums(0, 0, 0, 0, 0, 0, new TreeMap<>());

    /** A row that has the columns of all of them, of one currency. */
    public static Sums read(ResultSet row) throws SQLException {
        var costs = new TreeMap<String, BigDecimal>();
        costs.put(row.getString("currency"), row.getBigDecimal("cost"));
        return new Sums(
                row.getLong("requests"),
                row.getLong("completed"),
                row.getLong("prompt_tokens"),
                row.getLong("completion_tokens"),
                row.getLong("cached_tokens"),
                row.getLong("reasoning_tokens"),
                costs);
    }

    public Sums plus(Sums other) {
        var both = new TreeMap<>(costs);
        other.costs.forEach((currency, cost) -> both.merge(currency, cost, BigDecimal::add));
        return new Sums(
                requests + other.requests,
                completed + other.completed,
                promptTokens + other.promptTokens,
                completionTokens + other.completionTokens,
                cachedTokens + other.cachedTokens,
                reasoningTokens + other.reasoningTokens,
                both);
    }

    @JsonProperty
    public long totalTokens() {
        return promptTokens + completionTokens;
    }

    /** Completed of all, 0 to 1; null when there was no request. */
    @JsonProperty
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public @Nullable BigDecimal successRate() {
        return requests == 0
                ? null
                : BigDecimal.valueOf(completed).divide(BigDecimal.valueOf(requests), 6, RoundingMode.HALF_UP);
    }
}
