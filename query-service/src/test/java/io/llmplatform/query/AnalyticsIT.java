package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every number of the analytics equals what loops over the same random records come to. */
class AnalyticsIT {
    private static final Instant FROM = Instant.parse("2026-09-20T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-20T00:00:00Z");
    private static final List<UsageRecord> RECORDS = new RandomUsage(60_470, "a_").records(4000, FROM, TO);
    private static final UsageFold ALL = new UsageFold(RECORDS);
    private static final Map<String, Function<UsageRecord, String>> DIMENSIONS = Map.of(
            "model", UsageRecord::model,
            "deployment", UsageRecord::deployment,
            "provider_id", UsageRecord::providerId,
            "api_key_id", UsageRecord::apiKeyId,
            "user_id", UsageRecord::userId,
            "team_id", UsageRecord::teamId,
            "endpoint", UsageRecord::endpoint,
            "outcome", record -> record.outcome().wire());

    /** Some day of which minutes are asked for. */
    private static final Instant DAY = Instant.parse("2026-10-20T00:00:00Z");

    private static final List<String> BEFORE = new ArrayList<>();

    private static ReadSide readSide;

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        readSide.user("usr_admin", "admin");
        readSide.user("a_usr1", "member");
        readSide.user("a_usr2", "manager");
        readSide.jdbc
                .sql("insert into readmodel.team_manager values ('a_team1', 'a_usr2')")
                .update();
        readSide.usage(RandomUsage.json(RECORDS));
        BEFORE.addAll(answers());
        // Most days are over: from here on every longer range is made of a month, days, hours and single requests.
        readSide.addUp(LocalDate.parse("2026-09-22"), LocalDate.parse("2026-09-26"));
        readSide.addUp(LocalDate.parse("2026-09-28"), LocalDate.parse("2026-11-17"));
        readSide.addUpMonth(LocalDate.parse("2026-10-01"));
        for (int hour = 1; hour < 20; hour++) {
            if (hour != 5) {
                readSide.addUpMinutes(DAY.plusSeconds(3600L * hour));
            }
        }
        assertThat(readSide.jdbc
                        .sql("select count(*) from readmodel.usage_monthly_by")
                        .query(Long.class)
                        .single())
                .isGreaterThan(50);
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    private static List<String> answers() {
        var answers = new ArrayList<String>();
        for (var user : List.of("usr_admin", "a_usr1", "a_usr2")) {
            for (var filter :
                    List.of("", "&model=a_model1", "&team_id=a_team1&outcome=completed", "&endpoint=embeddings")) {
                for (var path : List.of(
                        "/usage/summary?x=",
                        "/usage/timeseries?interval=day&group_by=user_id",
                        "/usage/timeseries?interval=hour&group_by=model",
                        "/usage/breakdown?dimension=deployment&limit=4",
                        "/usage/breakdown?dimension=outcome",
                        "/usage/compare?previous_from=2026-10-01T00:00:00Z&previous_to=2026-11-20T00:00:00Z",
                        "/usage/heatmap?time_zone=Europe/Berlin",
                        "/usage/activity?limit=50",
                        "/usage/costs?x=",
                        "/usage/anomalies?interval=day&width=2")) {
                    answers.add(readSide.get(
                                    path.replace("x=", "") + filter + span(FROM.plusSeconds(4321), TO.minusSeconds(99)),
                                    user)
                            .body());
                }
                answers.add(readSide.get(
                                "/usage/timeseries?interval=minute&group_by=model" + filter
                                        + span(DAY.plusSeconds(1234), DAY.plusSeconds(80_000)),
                                user)
                        .body());
            }
        }
        return answers;
    }

    @Test
    void daysAddedUpSayTheSame() {
        assertThat(readSide.jdbc
                        .sql("select count(*) from readmodel.usage_daily_by")
                        .query(Long.class)
                        .single())
                .isGreaterThan(1000);
        var after = answers();
        for (int i = 0; i < after.size(); i++) {
            assertThat(after.get(i))
                    .startsWith("{\"")
                    .doesNotContain("\"status\":4", "\"status\":5")
                    .isEqualTo(BEFORE.get(i));
        }
    }

    @Test
    void everyDimensionBreaksDownIntoItsLargestValuesAndTheRest() {
        var random = new Random(1);
        for (var dimension : DIMENSIONS.keySet()) {
            for (int most : new int[] {1, 3, 100}) {
                var from = FROM.plusSeconds(random.nextInt(20 * 86_400));
                var to = from.plusSeconds(3600 + random.nextInt(25 * 86_400));
                assertBreakdown(dimension, most, from, to);
            }
        }
    }

    private static void assertBreakdown(String dimension, int most, Instant from, Instant to) {
        var value = DIMENSIONS.get(dimension);
        var groups = new HashMap<String, List<UsageRecord>>();
        for (var record : ALL.in(from, to).records()) {
            groups.computeIfAbsent(Objects.requireNonNullElse(value.apply(record), ""), absent -> new ArrayList<>())
                    .add(record);
        }
        var order = groups.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<UsageRecord>> group) ->
                                -group.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        var told = get("/usage/breakdown?dimension=" + dimension + "&limit=" + most + span(from, to));

        assertThat(told.path("keys").asInt()).as(dimension).isEqualTo(order.size());
        assertThat(told.path("rows")).hasSize(Math.min(most, order.size()));
        for (int i = 0; i < told.path("rows").size(); i++) {
            var row = told.path("rows").path(i);
            var group = order.get(i);
            assertThat(row.path("key").asString("")).isEqualTo(group.getKey());
            assertRow(new UsageFold(group.getValue()), row);
            if (!group.getKey().isEmpty()) {
                assertThat(listed(row.path("requests_link").asString()))
                        .isEqualTo(group.getValue().size());
            }
        }
        var rest = order.stream()
                .skip(most)
                .flatMap(group -> group.getValue().stream())
                .toList();
        assertThat(told.has("other")).isEqualTo(!rest.isEmpty());
        if (!rest.isEmpty()) {
            assertRow(new UsageFold(rest), told.path("other"));
        }
    }

    private static void assertRow(UsageFold fold, JsonNode row) {
        fold.assertSums(row);
        fold.assertPercentiles(row.path("latency_ms"), row.path("ttft_ms"));
    }

    /** How many requests the link leads to, page by page. */
    private static int listed(String link) {
        int count = 0;
        String cursor = null;
        do {
            var page = get(link.substring("/api/admin/v1".length())
                    + "&limit=500"
                    + (cursor == null ? "" : "&cursor=" + cursor));
            count += page.path("data").size();
            cursor = page.path("next_cursor").asString(null);
        } while (cursor != null);
        return count;
    }

    @Test
    void theLargestMayBeThoseOfTokensOrMoney() {
        var tokens =
                get("/usage/breakdown?by=tokens&limit=100" + span(FROM, TO)).path("rows");
        assertThat(tokens.valueStream().map(row -> -row.path("total_tokens").asLong()))
                .isSorted();
        var costs = get("/usage/breakdown?by=cost&limit=100&dimension=user_id" + span(FROM, TO))
                .path("rows");
        assertThat(costs.valueStream()
                        .map(row -> row.path("costs").path("USD").decimalValue().negate()))
                .isSorted();
    }

    @Test
    void aPeriodIsComparedWithTheOneBeforeOrAnother() {
        var from = Instant.parse("2026-10-20T10:17:03Z");
        var to = Instant.parse("2026-10-29T04:00:00Z");
        var before = from.minus(Duration.between(from, to));
        assertComparison(
                get("/usage/compare?user_id=a_usr1" + span(from, to)),
                ALL.in(before, from).where(record -> "a_usr1".equals(record.userId())),
                ALL.in(from, to).where(record -> "a_usr1".equals(record.userId())));
        assertComparison(
                get("/usage/compare?previous_from=2026-09-20T00:00:00Z&previous_to=2026-09-21T00:00:00Z"
                        + span(from, to)),
                ALL.in(FROM, FROM.plus(Duration.ofDays(1))),
                ALL.in(from, to));
        var nothing = get("/usage/compare?previous_from=2020-10-01T00:00:00Z&previous_to=2020-10-02T00:00:00Z"
                        + span(from, to))
                .path("changes");
        assertThat(nothing.path("requests").path("relative").isNull()).isTrue();
        assertThat(nothing.path("success_rate").path("absolute").isNull()).isTrue();
        assertThat(status("/usage/compare?previous_from=2020-10-01T00:00:00Z")).isEqualTo(400);
    }

    private static void assertComparison(JsonNode told, UsageFold before, UsageFold now) {
        now.assertCosts(told.at("/current/usage/costs"));
        before.assertCosts(told.at("/previous/usage/costs"));
        assertThat(told.at("/previous/usage/requests").asLong()).isEqualTo(before.requests());
        var changes = told.path("changes");
        assertThat(changes.at("/requests/absolute").asLong()).isEqualTo(now.requests() - before.requests());
        assertThat(changes.at("/requests/relative").asDouble())
                .isCloseTo(
                        (double) (now.requests() - before.requests()) / before.requests(),
                        org.assertj.core.data.Offset.offset(1e-6));
        for (var currency : List.of("EUR", "USD")) {
            assertThat(changes.path("costs").path(currency).path("absolute").decimalValue())
                    .isEqualByComparingTo(now.costs()
                            .getOrDefault(currency, BigDecimal.ZERO)
                            .subtract(before.costs().getOrDefault(currency, BigDecimal.ZERO)));
        }
    }

    @Test
    void theHeatmapHasTheHoursOfThePlace() {
        // Daylight saving ends in Berlin within the period; Kolkata is half an hour off.
        for (var zone : List.of("UTC", "Europe/Berlin", "Asia/Kolkata", "America/St_Johns")) {
            var from = Instant.parse("2026-10-10T13:40:00Z");
            var to = Instant.parse("2026-11-07T08:05:10Z");
            var cells = get("/usage/heatmap?model=a_model1&time_zone=" + zone + span(from, to))
                    .path("cells");
            assertThat(cells).hasSize(168);
            for (var cell : cells) {
                ALL.in(from, to)
                        .where(record -> "a_model1".equals(record.model()))
                        .where(record -> {
                            var local = record.at().atZone(ZoneId.of(zone));
                            return local.getDayOfWeek().getValue()
                                            == cell.path("weekday").asInt()
                                    && local.getHour() == cell.path("hour").asInt();
                        })
                        .assertSums(cell);
            }
        }
        assertThat(status("/usage/heatmap?time_zone=Mars/Olympus" + span(FROM, TO)))
                .isEqualTo(400);
        assertThat(status("/usage/heatmap?time_zone=Asia/Kolkata&from=2025-01-01T00:00:00Z"))
                .isEqualTo(400);
    }

    @Test
    void filtersGoTogether() {
        var told = get("/usage/breakdown?dimension=model&limit=100&provider_id=a_prv1&team_id=a_team1&outcome=completed"
                + span(FROM, TO));
        var fold = ALL.where(record -> "a_prv1".equals(record.providerId())
                && "a_team1".equals(record.teamId())
                && record.outcome().wire().equals("completed"));
        assertThat(fold.requests()).isPositive();
        assertThat(told.path("rows")
                        .valueStream()
                        .mapToLong(row -> row.path("requests").asLong())
                        .sum())
                .isEqualTo(fold.requests());
        var summary = get("/usage/summary?provider_id=a_prv1&team_id=a_team1&outcome=completed" + span(FROM, TO));
        fold.assertCosts(summary.path("costs"));
        fold.assertPercentiles(summary.path("latency_ms"), summary.path("ttft_ms"));
    }

    @Test
    void everybodySeesTheirPart() {
        var own = ALL.where(record -> "a_usr1".equals(record.userId()));
        var managed = ALL.where(record -> "a_usr2".equals(record.userId()) || "a_team1".equals(record.teamId()));
        for (var path : List.of("/usage/breakdown?dimension=endpoint", "/usage/heatmap?time_zone=UTC")) {
            assertThat(total(path, "a_usr1")).as(path).isEqualTo(own.requests());
            assertThat(total(path, "a_usr2")).as(path).isEqualTo(managed.requests());
        }
        assertThat(readSide.get("/usage/compare?from=" + FROM + "&to=" + TO, "a_usr1")
                        .json()
                        .at("/current/usage/requests")
                        .asLong())
                .isEqualTo(own.requests());
        for (var refused : List.of(
                "/usage/breakdown?dimension=provider_id",
                "/usage/summary?provider_id=a_prv1",
                "/usage/timeseries?group_by=provider_id",
                "/usage/compare?user_id=a_usr0")) {
            assertThat(readSide.get(refused, "a_usr1").status()).as(refused).isEqualTo(403);
        }
    }

    private static long total(String path, String user) {
        var told = readSide.get(path + span(FROM, TO), user).json();
        return (told.has("rows") ? told.path("rows") : told.path("cells"))
                .valueStream()
                .mapToLong(row -> row.path("requests").asLong())
                .sum();
    }

    private static String span(Instant from, Instant to) {
        return "&from=" + from + "&to=" + to;
    }

    private static int status(String path) {
        return readSide.get(path, "usr_admin").status();
    }

    private static JsonNode get(String path) {
        var answer = readSide.get(path, "usr_admin");
        assertThat(answer.status()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.json();
    }
}
