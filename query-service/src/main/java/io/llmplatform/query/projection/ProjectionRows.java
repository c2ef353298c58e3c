package io.llmplatform.query.projection;

import io.llmplatform.contracts.event.ProjectionEvent;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.query.page.Cursor;
import io.llmplatform.query.page.Page;
import io.llmplatform.query.projection.ProjectionView.BuildView;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads what the projections keep about themselves. */
@Component
class ProjectionRows {
    /** Of a parked record; enough to see what it is. */
    private static final int LONGEST_PAYLOAD = 4_000;

    private final JdbcClient jdbc;

    ProjectionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they are named. */
    List<ProjectionView> all() {
        var builds = builds();
        var byName = new HashMap<String, ProjectionView>();
        jdbc.sql("""
                        select p.*, (select count(*) from readmodel.parked_event e join readmodel.projection_build b
                                     on b.projection = e.projection and b.build = e.build and b.role = 'live'
                                     where e.projection = p.name) as parked
                        from readmodel.projection_progress p""").query(row -> {
            var name = row.getString("name");
            byName.put(name, view(row, builds.getOrDefault(name, Map.of())));
        });
        return ProjectionEvent.PROJECTIONS.stream()
                .map(byName::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private Map<String, Map<String, BuildView>> builds() {
        var builds = new HashMap<String, Map<String, BuildView>>();
        jdbc.sql("select * from readmodel.projection_build where role <> 'dropped' order by projection, build")
                .query(row -> {
                    builds.computeIfAbsent(row.getString("projection"), absent -> new HashMap<>())
                            .put(row.getString("role"), build(row));
                });
        return builds;
    }

    private static ProjectionView view(ResultSet row, Map<String, BuildView> builds) throws SQLException {
        var state = row.getString("state");
        int version = row.getInt("version");
        return new ProjectionView(
                row.getString("name"),
                version,
                state,
                row.getString("detail"),
                row.getLong("position"),
                number(row, "lag"),
                row.getTimestamp("seen_at").toInstant(),
                row.getLong("parked"),
                live(builds.get("live"), state, version),
                builds.get("building"),
                builds.get("retired"));
    }

    /** What there is to tell of the live one is told of the projection. */
    private static BuildView live(@Nullable BuildView build, String state, int version) {
        return build == null
                ? new BuildView(1, version, state, null, null, null, null, null, null, null, null, null, null, null)
                : new BuildView(
                        build.build(),
                        build.version(),
                        state,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        build.startedAt(),
                        null,
                        build.swappedAt(),
                        build.comparison());
    }

    private static BuildView build(ResultSet row) throws SQLException {
        var records = number(row, "records");
        var lag = number(row, "lag");
        double rate = row.getDouble("records_per_second");
        var perSecond = row.wasNull() ? null : rate;
        return new BuildView(
                row.getInt("build"),
                row.getInt("version"),
                row.getString("state"),
                row.getString("detail"),
                row.getString("swap_when"),
                records,
                lag,
                records == null || lag == null ? null : records + lag == 0 ? 1 : (double) records / (records + lag),
                perSecond,
                lag == null || perSecond == null || perSecond <= 0 ? null : Math.round(lag / perSecond),
                instant(row, "started_at"),
                instant(row, "caught_up_at"),
                instant(row, "swapped_at"),
                json(row.getString("comparison")));
    }

    /** Of the live build, oldest first. */
    Page<ParkedView> parked(String projection, int limit, @Nullable Cursor after) {
        var found = jdbc.sql("""
                        select e.* from readmodel.parked_event e join readmodel.projection_build b
                            on b.projection = e.projection and b.build = e.build and b.role = 'live'
                        where e.projection = :projection and e.id > :after order by e.id limit :limit""")
                .param("projection", projection)
                .param("after", after == null ? 0 : number(after.id()))
                .param("limit", limit + 1)
                .query((row, number) -> parked(row))
                .list();
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        var last = page.isEmpty() ? null : page.getLast();
        return new Page<>(
                page, more && last != null ? new Cursor(last.parkedAt(), Long.toString(last.id())).encode() : null);
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            throw io.llmplatform.query.web.RefusedException.parameter(
                    "cursor", "is not a cursor that a page has answered with");
        }
    }

    private static ParkedView parked(ResultSet row) throws SQLException {
        var payload = new String(row.getBytes("payload"), StandardCharsets.UTF_8);
        return new ParkedView(
                row.getLong("id"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getString("key"),
                row.getString("error"),
                row.getTimestamp("parked_at").toInstant(),
                row.getInt("attempts"),
                row.getBoolean("redrive_wanted"),
                payload.length() <= LONGEST_PAYLOAD ? payload : payload.substring(0, LONGEST_PAYLOAD) + "…");
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        return text == null ? null : ContractJson.mapper().readTree(text);
    }
}
