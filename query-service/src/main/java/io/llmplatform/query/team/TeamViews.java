package io.llmplatform.query.team;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Adds to rows of teams who manages them: people who are named for it and still have the role. One query per page. */
@Component
class TeamViews {
    private final JdbcClient jdbc;

    TeamViews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Function<TeamRow, TeamView> of(List<TeamRow> rows) {
        var managers = new HashMap<String, List<TeamView.Manager>>();
        if (!rows.isEmpty()) {
            jdbc.sql("""
                            select m.team_id, m.user_id, u.username
                            from readmodel.team_manager m join readmodel.users u on u.id = m.user_id
                            where m.team_id in (:teams) and u.role = 'manager' order by u.username""")
                    .param("teams", rows.stream().map(TeamRow::id).toList())
                    .query(row -> {
                        managers.computeIfAbsent(row.getString("team_id"), absent -> new ArrayList<>())
                                .add(new TeamView.Manager(row.getString("user_id"), row.getString("username")));
                    });
        }
        return row -> row.view(managers.getOrDefault(row.id(), List.of()));
    }
}
