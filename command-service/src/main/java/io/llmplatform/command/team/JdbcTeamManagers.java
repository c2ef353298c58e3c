package io.llmplatform.command.team;

import io.llmplatform.contracts.http.Role;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** {@code identity.team_manager}. */
@Component
class JdbcTeamManagers implements TeamManagers {
    private final JdbcClient jdbc;

    JdbcTeamManagers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(String teamId, String userId) {
        jdbc.sql("insert into identity.team_manager (team_id, user_id) values (?, ?) on conflict do nothing")
                .params(teamId, userId)
                .update();
    }

    @Override
    public void remove(String teamId, String userId) {
        jdbc.sql("delete from identity.team_manager where team_id = ? and user_id = ?")
                .params(teamId, userId)
                .update();
    }

    @Override
    public boolean manages(String userId, String teamId) {
        return jdbc.sql("""
                        select 1 from identity.team_manager m join identity.account a using (user_id)
                        where m.team_id = ? and user_id = ? and a.active and a.role = ?""")
                .params(teamId, userId, Role.MANAGER.wire())
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
