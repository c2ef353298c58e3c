package io.llmplatform.query.usage.budget;

import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.Dimension;
import io.llmplatform.query.usage.Grain;
import io.llmplatform.query.usage.Period;
import io.llmplatform.query.usage.UsageFilter;
import io.llmplatform.query.usage.UsageSlices;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What people, teams and keys spent, step by step. */
@Component
class Spending {
    private final UsageSlices slices;
    private final String spend = SqlFile.read("usage-spend");

    Spending(UsageSlices slices) {
        this.slices = slices;
    }

    record Account(String id, String currency) {}

    /** By the beginning of the step; steps in which nothing was spent are not there. */
    Map<Account, NavigableMap<Instant, BigDecimal>> of(
            Dimension dimension, Collection<String> ids, Period period, ChronoUnit step) {
        var spent = new HashMap<Account, NavigableMap<Instant, BigDecimal>>();
        slices.sql(
                        spend,
                        new UsageFilter(Map.of()),
                        period,
                        dimension,
                        step == ChronoUnit.HOURS ? Grain.HOUR : Grain.DAY)
                .param("keys", ids.toArray(String[]::new), Types.ARRAY)
                .param("step", step.name().toLowerCase(Locale.ROOT).replaceAll("s$", ""))
                .query(row -> {
                    var account = new Account(row.getString("key"), row.getString("currency"));
                    spent.computeIfAbsent(account, absent -> new TreeMap<>())
                            .put(row.getTimestamp("at").toInstant(), row.getBigDecimal("cost"));
                });
        return spent;
    }
}
