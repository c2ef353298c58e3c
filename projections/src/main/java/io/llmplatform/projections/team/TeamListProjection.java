package io.llmplatform.projections.team;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.TeamEvent;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.team}. */
@Component
class TeamListProjection extends EntityProjection<TeamEvent> {
    private final String created = SqlFile.read("team-created");
    private final String edited = SqlFile.read("team-edited");
    private final String status = SqlFile.read("team-status");

    TeamListProjection(JdbcClient jdbc) {
        super(new ProjectionId("teams", 1), "team", TeamEvent.class, jdbc);
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
        }
    }

    private static JdbcClient.StatementSpec details(JdbcClient.StatementSpec sql, TeamEvent.Details details) {
        return sql.param("name", details.name())
                .param("limits", json(details.limits()))
                .param("budgets", json(details.budgets()));
    }
}
