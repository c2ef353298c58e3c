package io.llmplatform.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.projections.usage.UsageDays;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Days that are over are what their records add up to, and are no longer told when something late comes of them. */
class UsageDaysIT {
    private static final LocalDate DAY = LocalDate.parse("2026-09-10");

    @Test
    void daysAreAddedUpAndOpenedAgainByWhatComesLate() {
        try (var world = World.shared()) {
            var records = new ArrayList<UsageRecord>();
            for (int i = 0; i < 300; i++) {
                var at = DAY.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(i * 700L);
                records.add(Usage.record("req_days_" + i, at, "days-model-" + i % 3, 50 + i * 37L));
            }
            // So that all of September has been.
            records.add(Usage.record("req_days_before", at("2026-08-31T12:00:00Z"), "days-model-1", 20));
            world.use(records);
            var days = world.start().getBean(UsageDays.class);
            World.eventually(() -> stored(world) == records.size());

            addUp(days);

            assertDays(world, records);
            assertThat(open(world)).isEmpty();
            assertThat(september(world)).containsExactly(Long.toString(records.size() - 1));

            // Minutes of the last two days only.
            assertThat(minutes(world)).isEmpty();
            var now = Instant.now().truncatedTo(ChronoUnit.HOURS).minusSeconds(1);
            world.use(Usage.record("req_minutes_1", now, "minutes-model", 77));
            World.eventually(() -> {
                addUp(days);
                return minutes(world).equals(List.of("1"));
            });
            world.use(Usage.record("req_minutes_2", now.minusMillis(5), "minutes-model", 77));
            World.eventually(() -> {
                addUp(days);
                return minutes(world).equals(List.of("2"));
            });

            var late = Usage.record("req_days_late", at("2026-09-11T23:59:59.999999Z"), "days-model-0", 77);
            records.add(late);
            world.use(late);
            World.eventually(() -> stored(world) == records.size());

            // Told from the hours again, until it is added up once more.
            assertThat(open(world)).isSubsetOf("2026-09-11");
            addUp(days);
            assertDays(world, records);
            assertThat(open(world)).isEmpty();
            assertThat(september(world)).containsExactly(Long.toString(records.size() - 1));
        }
    }

    private static void addUp(UsageDays days) {
        while (days.addUp() > 0) {
            // So many at a time.
        }
    }

    private static void assertDays(World world, List<UsageRecord> records) {
        var requests = new TreeMap<String, Long>();
        var tokens = new TreeMap<String, Long>();
        var costs = new TreeMap<String, BigDecimal>();
        for (var record : records) {
            var key = LocalDate.ofInstant(record.at(), ZoneOffset.UTC) + " " + record.model() + " "
                    + record.outcome().wire();
            requests.merge(key, 1L, Long::sum);
            tokens.merge(key, record.promptTokens() + record.completionTokens(), Long::sum);
            costs.merge(key, record.cost(), BigDecimal::add);
        }
        var told = new ArrayList<String>();
        world.jdbc().sql("""
                        select day || ' ' || key || ' ' || outcome as key, requests, prompt_tokens + completion_tokens as tokens, cost,
                               (select sum(m & 1099511627775) from readmodel.usage_daily_by_histogram h, unnest(measured) m
                                where (h.day, h.dimension, h.key, h.outcome) = (d.day, d.dimension, d.key, d.outcome)
                                  and m >> 40 < 65536) as measured
                        from readmodel.usage_daily_by d where dimension = 'model' and key like 'days-model%'""").query(row -> {
            var key = row.getString("key");
            told.add(key);
            assertThat(row.getLong("requests")).as(key).isEqualTo(requests.get(key));
            assertThat(row.getLong("tokens")).as(key).isEqualTo(tokens.get(key));
            assertThat(row.getBigDecimal("cost")).as(key).isEqualByComparingTo(costs.get(key));
            assertThat(row.getLong("measured")).as(key).isEqualTo(requests.get(key));
        });
        assertThat(told).containsExactlyInAnyOrderElementsOf(requests.keySet());
        assertThat(world.rows(
                        "select sum(requests) as n from readmodel.usage_daily d join readmodel.usage_series s using (series_id)"
                                + " where s.model like 'days-model%'"))
                .containsExactly("{\"n\": " + records.size() + "}");
        assertThat(
                        world.rows(
                                "select sum(requests) as n from readmodel.usage_hourly_by where dimension = 'model' and key like 'days-model%'"))
                .containsExactly("{\"n\": " + records.size() + "}");
    }

    /** Requests of the minutes that stand. */
    private static List<String> minutes(World world) {
        return world.jdbc().sql("""
                        select sum(requests)::text from readmodel.usage_minutely_by
                        where dimension = 'model' and (key = 'minutes-model' or key like 'days-model%')
                          and date_trunc('hour', minute, 'UTC') in (select hour from readmodel.usage_minutes)
                        group by key""").query(String.class).list();
    }

    /** Requests of the month by all that tell them, while it stands. */
    private static List<String> september(World world) {
        return world.jdbc().sql("""
                        select distinct n::text from (
                            select sum(requests) as n from readmodel.usage_monthly_by
                            where month = '2026-09-01' and dimension = 'model' and key like 'days-model%'
                            union all
                            select sum(requests) from readmodel.usage_monthly join readmodel.usage_series using (series_id)
                            where month = '2026-09-01' and model like 'days-model%'
                            union all
                            select sum(m & 1099511627775) from readmodel.usage_monthly_by_histogram, unnest(measured) m
                            where month = '2026-09-01' and dimension = 'model' and key like 'days-model%' and m >> 40 < 65536
                        ) as told where exists (select from readmodel.usage_month where month = '2026-09-01')""").query(String.class).list();
    }

    /** Those of ours that are not added up. */
    private static List<String> open(World world) {
        return world.jdbc().sql("""
                        select distinct (at at time zone 'UTC')::date::text from readmodel.usage_requests()
                        where model like 'days-model%' and (at at time zone 'UTC')::date not in (select day from readmodel.usage_day)""").query(String.class).list();
    }

    private static long stored(World world) {
        return world.jdbc()
                .sql("select count(*) from readmodel.usage_requests() where model like 'days-model%'")
                .query(Long.class)
                .single();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
