package io.llmplatform.projections.team;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.team} and {@code readmodel.team_manager}. */
@Component
class TeamListProjection extends EntityProjection<TeamEvent> {
    private final String created = SqlFile.read("team-created");
    private final String edited = SqlFile.read("team-edited");
    private final String status = SqlFile.read("team-status");
    private final String touched = SqlFile.read("team-touched");
    private final String managerAdded = SqlFile.read("team-manager-added");
    private final String managerRemoved = SqlFile.read("team-manager-removed");

    TeamListProjection(JdbcClient jdbc) {
        super(new ProjectionId("teams", 1), "team", TeamEvent.class, jdbc, "team", "team_manager");
    }

    @Override
    protected void apply(EventEnvelope envelope, TeamEvent event) {
        switch (event) {
            case TeamEvent.TeamCreated(var ignored, var details) ->
                details(sql(created, envelope), details).update();
            case TeamEvent.TeamEdited(var ignored1, var ignored2, var after) ->
                details(sql(edited, envelope), after).update();
            case TeamEvent.TeamDisabled ignored ->
                sql(status, envelope).param("status", "disabled").update();
            case TeamEvent.TeamEnabled ignored ->
                sql(status, envelope).param("status", "active").update();
            case TeamEvent.TeamManagerAdded(var id, var userId) -> manager(managerAdded, envelope, id, userId);
            case TeamEvent.TeamManagerRemoved(var id, var userId) -> manager(managerRemoved, envelope, id, userId);
        }
    }

    /** Only together with the row's version, so that an old event that comes again brings no former manager back. */
    private void manager(String change, EventEnvelope envelope, String teamId, String userId) {
        if (sql(touched, envelope).update() > 0) {
            jdbc.sql(change).param("id", teamId).param("user_id", userId).update();
        }
    }

    private static JdbcClient.StatementSpec details(JdbcClient.StatementSpec sql, TeamEvent.Details details) {
        return sql.param("name", details.name())
                .param("limits", json(details.limits()))
                .param("budgets", json(details.budgets()));
    }
}
