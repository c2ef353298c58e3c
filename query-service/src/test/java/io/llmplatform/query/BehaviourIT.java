package io.llmplatform.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Activity, anomalies and budgets, against loops over the same random records. */
class BehaviourIT {
    private static final Instant FROM = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-22T00:00:00Z");
    private static final List<UsageRecord> RECORDS = records();
    private static final UsageFold ALL = new UsageFold(RECORDS);

    private static ReadSide readSide;

    /** Somebody comes late, somebody leaves, and one hour is dear. */
    private static List<UsageRecord> records() {
        var all = new ArrayList<>(new RandomUsage(99, "b_")
                .records(3500, FROM, TO).stream()
                        .filter(record -> !"b_usr1".equals(record.userId())
                                || record.at().isAfter(Instant.parse("2026-10-21T00:00:00Z")))
                        .filter(record -> !"b_usr2".equals(record.userId())
                                || record.at().isBefore(Instant.parse("2026-10-27T00:00:00Z")))
                        .toList());
        for (var record : new RandomUsage(98, "bx_")
                .records(40, Instant.parse("2026-11-12T14:00:00Z"), Instant.parse("2026-11-12T15:00:00Z"))) {
            all.add(RandomUsage.billed(record, "bx_model", null, new BigDecimal("12.5"), "USD"));
        }
        return all;
    }

    @BeforeAll
    static void start() {
        readSide = ReadSide.shared();
        readSide.user("usr_admin", "admin");
        readSide.user("b_usr0", "member");
        readSide.user("b_usr3", "manager");
        readSide.jdbc
                .sql("insert into readmodel.team_manager values ('b_team1', 'b_usr3')")
                .update();
        readSide.jdbc.sql("""
                        update readmodel.users set budgets = '[{"period":"month","amount":3,"currency":"USD"},
                            {"period":"day","amount":0.2,"currency":"USD"},{"period":"total","amount":9,"currency":"EUR"}]'
                        where id = 'b_usr0'""").update();
        readSide.jdbc.sql("""
                        insert into readmodel.team (id, version, name, budgets, status, created_at, updated_at) values
                        ('b_team1', 0, 'one', '[{"period":"month","amount":0.5,"currency":"USD"}]', 'active', now(), now()),
                        ('b_team2', 0, 'two', '[{"period":"total","amount":1000,"currency":"USD"}]', 'active', now(), now())""").update();
        readSide.jdbc.sql("""
                        insert into readmodel.api_key (id, version, name, prefix, user_id, budgets, status, created_at, updated_at)
                        values ('b_key0', 0, 'key', 'sk-b', 'b_usr0', '[{"period":"month","amount":1.25,"currency":"EUR"}]',
                                'active', now(), now())""").update();
        readSide.usage(RandomUsage.json(RECORDS));
        readSide.addUp(LocalDate.parse("2026-09-20"), LocalDate.parse("2026-11-08"));
    }

    @AfterAll
    static void stop() {
        readSide.close();
    }

    @Test
    void activityTellsWhoIsActiveNewAndComesBack() {
        for (var model : new String[] {null, "b_model0"}) {
            var from = Instant.parse("2026-10-13T05:00:00Z");
            var to = Instant.parse("2026-11-15T17:00:00Z");
            var known = ALL.in(FROM, to)
                    .where(record -> record.userId() != null && (model == null || model.equals(record.model())));
            var told = get("/usage/activity?limit=100" + span(from, to) + (model == null ? "" : "&model=" + model));
            var in = known.in(from, to).records();
            var first = new HashMap<String, LocalDate>();
            known.records()
                    .forEach(record -> first.merge(record.userId(), day(record), (a, b) -> a.isBefore(b) ? a : b));

            assertThat(told.path("active_users").asInt()).isEqualTo(people(in).size());
            assertSteps(told.path("days"), in, first, Function.identity(), day(from));
            assertSteps(told.path("weeks"), in, first, BehaviourIT::week, day(from));
            assertSteps(told.path("months"), in, first, day -> day.withDayOfMonth(1), day(from));
            for (var cohort : told.path("cohorts")) {
                var week = LocalDate.parse(cohort.path("week").asString());
                var people = first.entrySet().stream()
                        .filter(entry -> week(entry.getValue()).equals(week))
                        .map(Map.Entry::getKey)
                        .toList();
                assertThat(cohort.path("users").asInt()).isEqualTo(people.size());
                for (int i = 0; i < cohort.path("active").size(); i++) {
                    var then = week.plusWeeks(i);
                    assertThat(cohort.path("active").path(i).asLong())
                            .isEqualTo(people.stream()
                                    .filter(user -> known.records().stream()
                                            .anyMatch(record -> user.equals(record.userId())
                                                    && week(day(record)).equals(then)))
                                    .count());
                }
            }
            assertThat(told.path("users")).hasSize(people(in).size());
            for (var user : told.path("users")) {
                var own = in.stream()
                        .filter(record -> user.path("user_id").asString().equals(record.userId()))
                        .toList();
                assertThat(user.path("requests").asInt()).isEqualTo(own.size());
                assertThat(user.path("first_used").asString())
                        .isEqualTo(first.get(user.path("user_id").asString()).toString());
                var models = own.stream()
                        .collect(Collectors.groupingBy(
                                record -> Objects.requireNonNullElse(record.model(), ""), Collectors.counting()));
                var toldModels = new HashMap<String, Long>();
                user.path("models")
                        .forEach(each -> toldModels.put(
                                each.path("model").asString(""),
                                each.path("requests").asLong()));
                assertThat(toldModels).isEqualTo(models);
            }
        }
    }

    private static void assertSteps(
            JsonNode told,
            List<UsageRecord> in,
            Map<String, LocalDate> first,
            Function<LocalDate, LocalDate> step,
            LocalDate from) {
        assertThat(told.size()).isPositive();
        for (var each : told) {
            var begin = LocalDate.parse(each.path("from").asString());
            var people = people(in.stream()
                    .filter(record -> step.apply(day(record)).equals(begin))
                    .toList());
            assertThat(each.path("users").asInt()).as(each.toString()).isEqualTo(people.size());
            assertThat(each.path("new_users").asLong())
                    .as(each.toString())
                    .isEqualTo(first.values().stream()
                            .filter(day ->
                                    !day.isBefore(from) && step.apply(day).equals(begin))
                            .count());
        }
    }

    @Test
    void whatIsOutOfItsBandIsMarkedAndLeadsToItsRequests() {
        var from = Instant.parse("2026-11-09T00:00:00Z");
        var to = Instant.parse("2026-11-16T00:00:00Z");
        var told = get("/usage/anomalies?width=5" + span(from, to));
        var dear = told.at("/anomalies/0");
        assertThat(dear.path("metric").asString()).isEqualTo("spend");
        assertThat(dear.path("from").asString()).as(told.toString()).isEqualTo("2026-11-12T14:00:00Z");
        var behind = get(dear.path("requests_link").asString().substring("/api/admin/v1".length()) + "&limit=500");
        assertThat(behind.path("data")
                        .valueStream()
                        .filter(row -> row.path("currency").asString().equals("USD"))
                        .map(row -> row.path("cost").decimalValue())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(dear.path("value").decimalValue());
        assertAnomalies(told, "hour", from, to, 5);
        assertAnomalies(get("/usage/anomalies?interval=day&width=2" + span(from, to)), "day", from, to, 2);
        assertThat(get("/usage/anomalies?group_by=model" + span(from, to))
                        .path("anomalies")
                        .valueStream()
                        .anyMatch(each -> each.path("key").asString("").equals("bx_model")))
                .as("a model without a past cannot be judged")
                .isFalse();
        assertThat(status("/usage/anomalies?from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z"))
                .isEqualTo(400);
    }

    /** Every step of every metric by the definition, value by value. */
    private static void assertAnomalies(JsonNode told, String interval, Instant from, Instant to, int width) {
        var unit = interval.equals("hour") ? ChronoUnit.HOURS : ChronoUnit.DAYS;
        var expected = new TreeSet<String>();
        var spend = new HashMap<String, Map<Instant, Double>>();
        var errors = new HashMap<Instant, Double>();
        Instant since = null;
        for (var record : RECORDS) {
            var at = record.at().truncatedTo(unit);
            if (at.isBefore(from.minus(Duration.ofDays(56))) || !record.at().isBefore(to)) {
                continue;
            }
            since = since == null || at.isBefore(since) ? at : since;
            spend.computeIfAbsent(record.currency(), absent -> new HashMap<>())
                    .merge(at, record.cost().doubleValue(), Double::sum);
            errors.merge(at, record.outcome() == Outcome.FAILED ? 1.0 : 0, Double::sum);
        }
        for (var at = from; at.isBefore(to); at = at.plus(1, unit)) {
            for (var currency : spend.keySet()) {
                if (unusual(spend.get(currency), at, since, 0.25 * mean(spend.get(currency), since, to, unit), width)) {
                    expected.add("spend " + currency + " " + at);
                }
            }
            if (unusual(errors, at, since, 1, width)) {
                expected.add("errors  " + at);
            }
        }
        assertThat(expected).isNotEmpty();
        assertThat(told.path("anomalies").size() + told.path("more").asInt()).isEqualTo(expected.size());
        assertThat(told.path("anomalies")
                        .valueStream()
                        .map(each -> each.path("metric").asString() + " "
                                + each.path("currency").asString("") + " "
                                + each.path("from").asString()))
                .isSubsetOf(expected)
                .doesNotHaveDuplicates();
    }

    private static boolean unusual(Map<Instant, Double> values, Instant at, Instant since, double least, int width) {
        var before = new ArrayList<Double>();
        for (int week = 1; week <= 8; week++) {
            var then = at.minus(Duration.ofDays(7L * week));
            if (!then.isBefore(since)) {
                before.add(values.getOrDefault(then, 0.0));
            }
        }
        if (before.size() < 4) {
            return false;
        }
        double median = median(before);
        var distances = new ArrayList<Double>();
        before.forEach(value -> distances.add(Math.abs(value - median)));
        double mean =
                distances.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double spread = median(distances) > 0 ? 1.4826 * median(distances) : 1.2533 * mean;
        double deviation = Math.max(spread, Math.max(least, 0.05 * median));
        double value = values.getOrDefault(at, 0.0);
        return value > median + width * deviation + 1e-9 || value < Math.max(0, median - width * deviation) - 1e-9;
    }

    private static double mean(Map<Instant, Double> values, Instant since, Instant to, ChronoUnit unit) {
        return values.values().stream().mapToDouble(Double::doubleValue).sum() / unit.between(since, to);
    }

    private static double median(List<Double> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int n = sorted.size();
        return n % 2 == 1 ? sorted.get(n / 2) : (sorted.get(n / 2 - 1) + sorted.get(n / 2)) / 2;
    }

    @Test
    void budgetsTellWhatWasSpentAndWhenTheyEnd() {
        var at = Instant.parse("2026-11-12T14:40:00Z");
        var told = get("/usage/budgets?at=" + at).path("data");
        assertThat(told).hasSize(6);
        assertThat(told.valueStream()
                        .map(each -> each.path("used").decimalValue().negate()))
                .isSorted();
        for (var state : told) {
            var month = Instant.parse("2026-11-01T00:00:00Z");
            var from =
                    switch (state.path("period").asString()) {
                        case "day" -> at.truncatedTo(ChronoUnit.DAYS);
                        case "month" -> month;
                        default -> FROM;
                    };
            var currency = state.path("currency").asString();
            var own = ALL.where(record -> record.currency().equals(currency)
                    && state.path("id")
                            .asString()
                            .equals(
                                    switch (state.path("dimension").asString()) {
                                        case "user_id" -> record.userId();
                                        case "team_id" -> record.teamId();
                                        default -> record.apiKeyId();
                                    }));
            var spent = own.in(from, at).costs().getOrDefault(currency, BigDecimal.ZERO);
            assertThat(state.path("spent").decimalValue()).isEqualByComparingTo(spent);
            assertThat(state.path("remaining").decimalValue())
                    .isEqualByComparingTo(state.path("amount").decimalValue().subtract(spent));
            assertBurnDown(state, own, at);
            assertThat(state.path("exhausted").asBoolean())
                    .isEqualTo(spent.compareTo(state.path("amount").decimalValue()) >= 0);
        }
        assertThat(told.valueStream().filter(each -> each.path("exhausted").asBoolean()))
                .isNotEmpty();
    }

    private static void assertBurnDown(JsonNode state, UsageFold own, Instant at) {
        var currency = state.path("currency").asString();
        var start = state.path("period").asString().equals("total")
                ? FROM
                : Instant.parse(state.path("from").asString());
        for (var point : state.path("points")) {
            assertThat(point.path("spent").decimalValue())
                    .isEqualByComparingTo(
                            own.in(start, Instant.parse(point.path("at").asString()))
                                    .costs()
                                    .getOrDefault(currency, BigDecimal.ZERO));
        }
        assertThat(state.at("/points").size()).isPositive();
        var days = Map.of("day", 1, "month", 7, "total", 30)
                .get(state.path("period").asString());
        double perHour = own.in(at.minus(Duration.ofDays(days)), at)
                        .costs()
                        .getOrDefault(currency, BigDecimal.ZERO)
                        .doubleValue()
                / (24 * days);
        var near = org.assertj.core.data.Offset.offset(1e-8);
        assertThat(state.path("pace").asDouble()).isCloseTo(perHour, near);
        if (state.has("to")) {
            double hours = Duration.between(at, Instant.parse(state.path("to").asString()))
                            .toSeconds()
                    / 3600.0;
            assertThat(state.path("forecast").asDouble())
                    .isCloseTo(
                            state.path("spent").asDouble() + perHour * hours,
                            org.assertj.core.data.Offset.offset(1e-6));
        }
        if (state.path("exhausted").asBoolean()) {
            var end = Instant.parse(state.path("exhausted_at").asString());
            var amount = state.path("amount").decimalValue();
            assertThat(own.in(start, end).costs().get(currency)).isGreaterThanOrEqualTo(amount);
            assertThat(own.in(start, end.minus(Duration.ofHours(1))).costs().getOrDefault(currency, BigDecimal.ZERO))
                    .isLessThan(amount);
        }
    }

    @Test
    void everybodyIsToldOfTheBudgetsWhoseWholeSpendingTheySee() {
        assertThat(ids("b_usr0")).containsExactlyInAnyOrder("b_usr0", "b_key0");
        assertThat(ids("b_usr3")).containsExactly("b_team1");
        assertThat(get("/usage/budgets?api_key_id=b_key0").path("data")).hasSize(1);
        assertThat(get("/usage/budgets?limit=2").path("data")).hasSize(2);
    }

    private static HashSet<String> ids(String user) {
        var ids = new HashSet<String>();
        readSide.get("/usage/budgets", user)
                .json()
                .path("data")
                .forEach(each -> ids.add(each.path("id").asString()));
        return ids;
    }

    private static TreeMap<String, Integer> people(List<UsageRecord> records) {
        var people = new TreeMap<String, Integer>();
        records.forEach(record -> people.merge(record.userId(), 1, Integer::sum));
        return people;
    }

    private static LocalDate day(UsageRecord record) {
        return day(record.at());
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static LocalDate week(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
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
