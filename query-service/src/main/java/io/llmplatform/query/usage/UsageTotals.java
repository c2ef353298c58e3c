package io.llmplatform.query.usage;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Everything of a period added up. */
@Component
public class UsageTotals {
    private final JdbcClient jdbc;
    private final String totals = SqlFile.read("usage-slices") + "\n" + SqlFile.read("usage-totals");

    UsageTotals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Sums of(UsageFilter filter, Period period) {
        return filter.bind(jdbc.sql(totals), period, null, false).query((row, number) -> Sums.read(row)).list().stream()
                .reduce(Sums.NONE, Sums::plus);
    }
}
