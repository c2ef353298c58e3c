package io.llmplatform.query.usage;

import io.llmplatform.query.sql.SqlFile;
import io.llmplatform.query.usage.UsageBreakdown.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Tells usage apart by one dimension. */
@Component
class UsageBreakdowns {
    private final UsageSlices slices;
    private final Histograms histograms;
    private final KeyNames names;
    private final String breakdown = SqlFile.read("usage-breakdown");

    UsageBreakdowns(UsageSlices slices, Histograms histograms, KeyNames names) {
        this.slices = slices;
        this.histograms = histograms;
        this.names = names;
    }

    /** @param by what the largest are the largest of: {@code requests}, {@code tokens} or {@code cost} */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public UsageBreakdown of(UsageFilter filter, Period period, Dimension dimension, String by, int most) {
        // The rest is a rank of its own, not a key: a model may be called like it.
        var cells = new LinkedHashMap<Integer, Cell>();
        var keys = new long[1];
        slices.sql(breakdown, filter, period, dimension, Grain.PERIOD)
                .param("largest", by)
                .param("most", most)
                .query(row -> {
                    keys[0] = row.getLong("keys");
                    cells.merge(row.getInt("rank"), new Cell(row.getString("key"), Sums.read(row)), Cell::plus);
                });
        var rest = cells.remove(most + 1);
        var top = cells.values().stream().map(Cell::known).toList();
        var measured = histograms.byRank(filter, period, dimension, top, rest != null);
        var called = names.of(dimension, top);
        var rows = cells.entrySet().stream()
                .map(each -> row(filter, period, dimension, each.getValue(), called, measured(measured, each.getKey())))
                .toList();
        return new UsageBreakdown(
                dimension, keys[0], rows, rest == null ? null : rest(rest, measured(measured, top.size() + 1)));
    }

    private static Histograms.Measured measured(Map<Integer, Histograms.Measured> all, int rank) {
        return all.getOrDefault(rank, Histograms.Measured.NOTHING);
    }

    private static Row row(
            UsageFilter filter,
            Period period,
            Dimension dimension,
            Cell cell,
            Map<String, String> names,
            Histograms.Measured measured) {
        var key = cell.known();
        boolean none = key.isEmpty();
        return new Row(
                none ? null : key,
                names.get(key),
                cell.sums(),
                measured.latencyMs(),
                measured.ttftMs(),
                none ? null : filter.with(dimension, key).requests(period));
    }

    private static Row rest(Cell cell, Histograms.Measured measured) {
        return new Row(null, null, cell.sums(), measured.latencyMs(), measured.ttftMs(), null);
    }

    private record Cell(@Nullable String key, Sums sums) {
        Cell plus(Cell other) {
            return new Cell(key, sums.plus(other.sums));
        }

        String known() {
            return key == null ? "" : key;
        }
    }
}
