package io.llmplatform.projections.runtime;

import io.llmplatform.projections.runtime.Build.Role;
import io.llmplatform.projections.runtime.Build.SwapWhen;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The builds there are, in {@code readmodel.projection_build}. */
@Component
public class BuildStore {
    private final JdbcClient jdbc;
    private final SchemaMigration schema;
    private final String list = SqlFile.read("build-list");
    private final String request = SqlFile.read("build-request");

    BuildStore(JdbcClient jdbc, SchemaMigration schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** The build that readers see; the first one is made by asking. */
    public Build live(ProjectionId id) {
        return find(id, Role.LIVE).orElseGet(() -> {
            jdbc.sql("""
                            insert into readmodel.projection_build
                                (projection, build, version, place, role, schema_version)
                            values (?, 1, ?, ?, 'live', ?) on conflict do nothing""")
                    .params(id.name(), id.version(), Target.LIVE, schema.version())
                    .update();
            return find(id, Role.LIVE).orElseThrow();
        });
    }

    public Optional<Build> find(ProjectionId id, Role role) {
        return jdbc.sql(list + " where projection = ? and role = ? order by build desc limit 1")
                .params(id.name(), role.wire())
                .query((row, number) -> build(id, row))
                .optional();
    }

    /** Projections of which a build is to be filled. */
    public List<String> building() {
        return jdbc.sql("select projection from readmodel.projection_build where role = 'building' and not paused")
                .query(String.class)
                .list();
    }

    /** Makes the row of a new build; its tables are made when it is first worked on. */
    public void request(ProjectionId id, @Nullable SwapWhen swapWhen) {
        jdbc.sql(request)
                .param("projection", id.name())
                .param("version", id.version())
                .param("swap_when", swapWhen == null ? null : swapWhen.wire())
                .param("schema_version", schema.version())
                .update();
    }

    /**
     * Marks what is to go: of a projection's retired builds all but the last, and what was made under another schema, whose
     * tables do not fit any more.
     */
    public void retire() {
        jdbc.sql("""
                        update readmodel.projection_build b set role = 'dropped', state = 'dropped'
                        where role in ('building', 'retired') and schema_version <> ?
                           or role = 'retired' and exists (
                                select from readmodel.projection_build later
                                where later.projection = b.projection and later.role = 'retired'
                                  and (later.swapped_at, later.build) > (b.swapped_at, b.build))""").params(schema.version()).update();
    }

    public List<Target> dropped(ProjectionId id) {
        return jdbc.sql(list + " where projection = ? and role = 'dropped'")
                .params(id.name())
                .query((row, number) -> build(id, row).target())
                .list();
    }

    /** While the transaction lasts, names without a schema are those of the build. */
    public void enter(Target target) {
        if (!target.live()) {
            jdbc.sql("select set_config('search_path', ?, true)")
                    .param(quoted(target.schema()) + ", " + Target.LIVE)
                    .query(String.class)
                    .single();
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static Build build(ProjectionId id, ResultSet row) throws SQLException {
        var swapWhen = row.getString("swap_when");
        return new Build(
                new Target(id, row.getInt("build"), row.getString("place")),
                row.getInt("version"),
                Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
                row.getBoolean("paused"),
                swapWhen == null ? null : SwapWhen.valueOf(swapWhen.toUpperCase(Locale.ROOT)),
                row.getBoolean("compare_wanted"),
                row.getString("schema_version"),
                row.getBoolean("caught_up"));
    }
}
