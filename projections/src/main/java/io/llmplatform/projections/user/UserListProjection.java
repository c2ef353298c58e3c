package io.llmplatform.projections.user;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.Personal;
import io.llmplatform.contracts.event.UserEvent;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.users}. */
@Component
class UserListProjection extends EntityProjection<UserEvent> {
    private final String created = SqlFile.read("user-created");
    private final String edited = SqlFile.read("user-edited");
    private final String status = SqlFile.read("user-status");
    private final String disabled = SqlFile.read("user-disabled");
    private final String invited = SqlFile.read("user-invited");
    private final String secondFactor = SqlFile.read("user-second-factor");
    private final String touched = SqlFile.read("user-touched");

    UserListProjection(JdbcClient jdbc) {
        super(new ProjectionId("users", 1), "user", UserEvent.class, jdbc, "users");
    }

    @Override
    protected void apply(EventEnvelope envelope, UserEvent event) {
        switch (event) {
            case UserEvent.UserCreated(var ignored1, var username, var details) ->
                details(sql(created, envelope), details)
                        .param("username", username.clear())
                        .update();
            case UserEvent.UserEdited(var ignored1, var ignored2, var after) ->
                details(sql(edited, envelope), after).update();
            case UserEvent.UserPasswordChanged ignored -> invited(envelope, null);
            case UserEvent.UserInvited(var ignored, var expiresAt) -> invited(envelope, expiresAt);
            case UserEvent.InvitationAccepted ignored -> invited(envelope, null);
            case UserEvent.SecondFactorEnrolled ignored ->
                sql(secondFactor, envelope).param("second_factor", true).update();
            case UserEvent.SecondFactorRemoved ignored ->
                sql(secondFactor, envelope).param("second_factor", false).update();
            case UserEvent.RecoveryCodeUsed ignored -> sql(touched, envelope).update();
            case UserEvent.IdentityLinked ignored -> sql(touched, envelope).update();
            case UserEvent.IdentityUnlinked ignored -> sql(touched, envelope).update();
            case UserEvent.UserDisabled ignored -> sql(disabled, envelope).update();
            case UserEvent.UserEnabled ignored ->
                sql(status, envelope).param("status", "active").update();
        }
    }

    /** @param until null when the link of an invitation, if there was one, is dead */
    private void invited(EventEnvelope envelope, @Nullable Instant until) {
        sql(invited, envelope)
                .param(
                        "invited_until",
                        until == null ? null : until.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    private static JdbcClient.StatementSpec details(JdbcClient.StatementSpec sql, UserEvent.Details details) {
        return sql.param("display_name", clear(details.displayName()))
                .param("email", clear(details.email()))
                .param("role", details.role().wire())
                .param("team_id", details.teamId())
                .param("limits", json(details.limits()))
                .param("budgets", json(details.budgets()));
    }

    private static @Nullable String clear(@Nullable Personal personal) {
        return personal == null ? null : personal.clear();
    }
}
