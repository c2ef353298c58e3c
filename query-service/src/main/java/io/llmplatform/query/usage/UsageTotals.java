package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import org.springframework.stereotype.Component;

/** Everything of a period added up. */
@Component
public class UsageTotals {
    private final UsageSlices slices;
    private final String totals = SqlFile.read("usage-totals");

    UsageTotals(UsageSlices slices) {
        this.slices = slices;
    }

    public Sums of(UsageFilter filter, Period period) {
        return slices
                .sql(totals, filter, period, null, Grain.PERIOD)
                .query((row, number) -> Sums.read(row))
                .list()
                .stream()
                .reduce(Sums.NONE, Sums::plus);
    }
}
