package io.llmplatform.projections.search;

import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Target;
import java.time.YearMonth;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** In {@code readmodel.search_index}, in the transaction of the batch that needs them. */
@Component
class StoredSearchMonths implements SearchMonths {
    private final JdbcClient jdbc;

    StoredSearchMonths(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<YearMonth> of(Target target) {
        return jdbc.sql("select month from readmodel.search_index where projection = ? and build = ? order by month")
                .params(target.projection().name(), target.build())
                .query((row, number) -> IndexNames.month(row.getString("month")))
                .list();
    }

    @Override
    public void add(Target target, YearMonth month) {
        jdbc.sql(
                        "insert into readmodel.search_index (projection, build, month) values (?, ?, ?) on conflict do nothing")
                .params(target.projection().name(), target.build(), IndexNames.text(month))
                .update();
    }

    @Override
    public List<Month> before(String projection, YearMonth before) {
        return jdbc.sql("""
                        select build, month from readmodel.search_index
                        where projection = ? and month < ? order by build, month""")
                .params(projection, IndexNames.text(before))
                .query((row, number) -> new Month(
                        new Target(new ProjectionId(projection, 0), row.getInt("build"), ""),
                        IndexNames.month(row.getString("month"))))
                .list();
    }

    @Override
    public void remove(Target target, YearMonth month) {
        jdbc.sql("delete from readmodel.search_index where projection = ? and build = ? and month = ?")
                .params(target.projection().name(), target.build(), IndexNames.text(month))
                .update();
    }

    @Override
    public void remove(Target target) {
        jdbc.sql("delete from readmodel.search_index where projection = ? and build = ?")
                .params(target.projection().name(), target.build())
                .update();
    }
}
