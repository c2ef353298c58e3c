package io.llmplatform.bench.analytics;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** What the dashboard asks, over which ranges. */
final class Questions {
    private static final String USER = "user_id=usr_01k00000000000000000000003";
    private static final String TEAM = "team_id=team_01k00000000000000000000003";

    static final Map<String, Duration> RANGES = ordered(
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1),
            "week", Duration.ofDays(7),
            "month", Duration.ofDays(30),
            "year", Duration.ofDays(365));

    private static final Map<String, String> ALL = ordered(
            "summary", "summary?",
            "summary of a user", "summary?" + USER,
            "summary of a team and a model", "summary?" + TEAM + "&model=model-1",
            "timeseries", "timeseries?",
            "timeseries by model", "timeseries?group_by=model",
            "breakdown by model", "breakdown?dimension=model",
            "breakdown by user", "breakdown?dimension=user_id",
            "breakdown by deployment, by cost", "breakdown?dimension=deployment&by=cost",
            "breakdown by user of a model", "breakdown?dimension=user_id&model=model-2",
            "compare", "compare?",
            "heatmap", "heatmap?time_zone=Asia/Shanghai",
            "heatmap of a user", "heatmap?time_zone=Asia/Shanghai&" + USER,
            "activity", "activity?",
            "costs", "costs?",
            "requests, first page", "requests?",
            "failed requests of a user", "requests?outcome=failed&" + USER);

    private Questions() {}

    /** Paths below {@code usage/} by what they ask. */
    static Map<String, String> of(String range, Instant now) {
        var from = now.minus(Objects.requireNonNull(RANGES.get(range)));
        var questions = new LinkedHashMap<String, String>();
        ALL.forEach((name, path) -> questions.put(name, path + "&from=" + from + "&to=" + now));
        if (Duration.between(from, now).compareTo(Duration.ofDays(31)) < 0) {
            questions.put("anomalies by hour", "anomalies?from=" + from + "&to=" + now);
            questions.put("what if, other rates", "what-if?input=1&output=2&budget=10&from=" + from + "&to=" + now);
        }
        questions.put("anomalies by day", "anomalies?interval=day&from=" + from + "&to=" + now);
        return questions;
    }

    @SuppressWarnings("unchecked") // keys and values take turns
    private static <V> Map<String, V> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, V>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], (V) keysAndValues[i + 1]);
        }
        return map;
    }
}
