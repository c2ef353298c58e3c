package io.llmplatform.query.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code UsageComparison} of the management API: a period beside another one. */
record UsageComparison(Part current, Part previous, Changes changes) {

    record Part(Period period, UsageSummary usage, String requestsLink) {}

    /** @param costs by currency; one that only one of the periods has changes from or to nothing */
    record Changes(
            Change requests,
            Change promptTokens,
            Change completionTokens,
            Change totalTokens,
            Change successRate,
            Map<String, Change> latencyMs,
            Map<String, Change> ttftMs,
            SortedMap<String, Change> costs) {

        static Changes between(UsageSummary before, UsageSummary now) {
            var costs = new TreeMap<String, Change>();
            var currencies = new TreeSet<>(before.costs().keySet());
            currencies.addAll(now.costs().keySet());
            for (var currency : currencies) {
                costs.put(
                        currency,
                        Change.between(
                                before.costs().getOrDefault(currency, BigDecimal.ZERO),
                                now.costs().getOrDefault(currency, BigDecimal.ZERO)));
            }
            return new Changes(
                    Change.between(before.requests(), now.requests()),
                    Change.between(before.promptTokens(), now.promptTokens()),
                    Change.between(before.completionTokens(), now.completionTokens()),
                    Change.between(before.totalTokens(), now.totalTokens()),
                    Change.between(before.successRate(), now.successRate()),
                    percentiles(before.latencyMs(), now.latencyMs()),
                    percentiles(before.ttftMs(), now.ttftMs()),
                    costs);
        }

        private static Map<String, Change> percentiles(Percentiles before, Percentiles now) {
            var changes = new TreeMap<String, Change>();
            changes.put("p50", Change.between(before.p50(), now.p50()));
            changes.put("p95", Change.between(before.p95(), now.p95()));
            changes.put("p99", Change.between(before.p99(), now.p99()));
            return changes;
        }
    }

    /**
     * @param absolute now less before; null where one of them is unknown
     * @param relative of before, 0.25 for a quarter more; null where that is nothing or unknown
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Change(@Nullable BigDecimal absolute, @Nullable BigDecimal relative) {
        private static final int DIGITS = 6;

        static Change between(long before, long now) {
            return between(BigDecimal.valueOf(before), BigDecimal.valueOf(now));
        }

        static Change between(@Nullable BigDecimal before, @Nullable BigDecimal now) {
            if (before == null || now == null) {
                return new Change(null, null);
            }
            var difference = now.subtract(before);
            return new Change(
                    difference, before.signum() == 0 ? null : difference.divide(before, DIGITS, RoundingMode.HALF_UP));
        }
    }
}
