package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What records add up to, by loops and nothing else; compared with what the service says. */
record UsageFold(List<UsageRecord> records) {

    UsageFold in(Instant from, Instant to) {
        return where(record -> !record.at().isBefore(from) && record.at().isBefore(to));
    }

    UsageFold where(Predicate<UsageRecord> wanted) {
        return new UsageFold(records.stream().filter(wanted).toList());
    }

    long requests() {
        return records.size();
    }

    long completed() {
        return records.stream()
                .filter(record -> record.outcome() == Outcome.COMPLETED)
                .count();
    }

    TreeMap<String, BigDecimal> costs() {
        var costs = new TreeMap<String, BigDecimal>();
        for (var record : records) {
            costs.merge(record.currency(), record.cost(), BigDecimal::add);
        }
        return costs;
    }

    void assertSums(JsonNode told) {
        long prompt = 0;
        long completion = 0;
        long cached = 0;
        long reasoning = 0;
        for (var record : records) {
            prompt += record.promptTokens();
            completion += record.completionTokens();
            cached += record.cachedTokens();
            reasoning += record.reasoningTokens();
        }
        assertThat(told.path("requests").asLong(-1)).as("requests").isEqualTo(requests());
        assertThat(told.path("completed").asLong(-1)).isEqualTo(completed());
        assertThat(told.path("prompt_tokens").asLong(-1)).isEqualTo(prompt);
        assertThat(told.path("completion_tokens").asLong(-1)).isEqualTo(completion);
        assertThat(told.path("cached_tokens").asLong(-1)).isEqualTo(cached);
        assertThat(told.path("reasoning_tokens").asLong(-1)).isEqualTo(reasoning);
        assertThat(told.path("total_tokens").asLong(-1)).isEqualTo(prompt + completion);
        assertSuccess(told.path("success_rate"));
        assertCosts(told.path("costs"));
    }

    void assertSuccess(JsonNode told) {
        if (records.isEmpty()) {
            assertThat(told.isNull()).isTrue();
        } else {
            assertThat(told.decimalValue())
                    .isEqualByComparingTo(BigDecimal.valueOf(completed())
                            .divide(BigDecimal.valueOf(requests()), 6, RoundingMode.HALF_UP));
        }
    }

    /** To the last digit, in every currency. */
    void assertCosts(JsonNode told) {
        assertMoney(costs(), told);
    }

    static void assertMoney(TreeMap<String, BigDecimal> costs, JsonNode told) {
        assertThat(told.propertyNames()).containsExactlyInAnyOrderElementsOf(costs.keySet());
        costs.forEach((currency, cost) ->
                assertThat(told.path(currency).decimalValue()).as(currency).isEqualByComparingTo(cost));
    }

    /** Within what the histograms promise. */
    void assertPercentiles(JsonNode latency, JsonNode ttft) {
        var latencies = new ArrayList<Long>();
        var firsts = new ArrayList<Long>();
        for (var record : records) {
            latencies.add(record.latencyMs());
            if (record.ttftMs() != null) {
                firsts.add(record.ttftMs());
            }
        }
        near(latencies, latency);
        near(firsts, ttft);
    }

    private static void near(List<Long> values, JsonNode told) {
        Collections.sort(values);
        for (var percentile : new int[] {50, 95, 99}) {
            var node = told.path("p" + percentile);
            if (values.isEmpty()) {
                assertThat(node.isNull()).isTrue();
            } else {
                long exact = values.get((int) Math.ceil(percentile / 100.0 * values.size()) - 1);
                assertThat(node.asDouble())
                        .as("p%d of %d", percentile, values.size())
                        .isBetween(exact * 0.97 - 0.1, exact * 1.03 + 0.1);
            }
        }
    }
}
