package io.llmplatform.projections.search;

import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.Target;
import java.time.YearMonth;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Months whose index was made, in {@code readmodel.search_index}: one that is not there was lost. */
@Component
class SearchMonths {
    private final JdbcClient jdbc;

    SearchMonths(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Month(Target target, YearMonth month) {}

    List<YearMonth> of(Target target) {
        return jdbc.sql("select month from readmodel.search_index where projection = ? and build = ? order by month")
                .params(target.projection().name(), target.build())
                .query((row, number) -> IndexNames.month(row.getString("month")))
                .list();
    }

    void add(Target target, YearMonth month) {
        jdbc.sql(
                        "insert into readmodel.search_index (projection, build, month) values (?, ?, ?) on conflict do nothing")
                .params(target.projection().name(), target.build(), IndexNames.text(month))
                .update();
    }

    List<Month> before(String projection, YearMonth before) {
        return jdbc.sql("""
                        select build, month from readmodel.search_index
                        where projection = ? and month < ? order by build, month""")
                .params(projection, IndexNames.text(before))
                .query((row, number) -> new Month(
                        new Target(new ProjectionId(projection, 0), row.getInt("build"), ""),
                        IndexNames.month(row.getString("month"))))
                .list();
    }

    void remove(Target target, YearMonth month) {
        jdbc.sql("delete from readmodel.search_index where projection = ? and build = ? and month = ?")
                .params(target.projection().name(), target.build(), IndexNames.text(month))
                .update();
    }

    void remove(Target target) {
        jdbc.sql("delete from readmodel.search_index where projection = ? and build = ?")
                .params(target.projection().name(), target.build())
                .update();
    }
}
