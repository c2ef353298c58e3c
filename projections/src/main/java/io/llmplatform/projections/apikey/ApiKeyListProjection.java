package io.llmplatform.projections.apikey;

import io.llmplatform.contracts.event.ApiKeyEvent;
import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.api_key}. When a key was last used is the usage projection's to say. */
@Component
class ApiKeyListProjection extends EntityProjection<ApiKeyEvent> {
    private final String issued = SqlFile.read("api-key-issued");
    private final String rotated = SqlFile.read("api-key-rotated");
    private final String edited = SqlFile.read("api-key-edited");
    private final String status = SqlFile.read("api-key-status");

    ApiKeyListProjection(JdbcClient jdbc) {
        super(new ProjectionId("api_keys", 1), "api_key", ApiKeyEvent.class, jdbc, "api_key");
    }

    @Override
    protected void apply(EventEnvelope envelope, ApiKeyEvent event) {
        switch (event) {
            case ApiKeyEvent.ApiKeyIssued(var ignored1, var userId, var prefix, var ignored2, var details) ->
                issued(envelope, details, prefix, userId, null);
            case ApiKeyEvent.ServiceKeyIssued(var ignored1, var teamId, var prefix, var ignored2, var details) ->
                issued(envelope, details, prefix, null, teamId);
            case ApiKeyEvent.ApiKeyRotated rotation ->
                sql(rotated, envelope)
                        .param("prefix", rotation.prefix())
                        .param("previous_prefix", rotation.previousPrefix())
                        .param("previous_until", rotation.previousUntil().atOffset(ZoneOffset.UTC))
                        .update();
            case ApiKeyEvent.ApiKeyEdited(var ignored1, var ignored2, var after) ->
                details(sql(edited, envelope), after).update();
            case ApiKeyEvent.ApiKeyDisabled ignored ->
                sql(status, envelope).param("status", "disabled").update();
            case ApiKeyEvent.ApiKeyEnabled ignored ->
                sql(status, envelope).param("status", "active").update();
            case ApiKeyEvent.ApiKeyRevoked ignored ->
                sql(status, envelope).param("status", "revoked").update();
        }
    }

    private void issued(
            EventEnvelope envelope,
            ApiKeyEvent.Details details,
            String prefix,
            @Nullable String userId,
            @Nullable String teamId) {
        details(sql(issued, envelope), details)
                .param("user_id", userId)
                .param("team_id", teamId)
                .param("prefix", prefix)
                .update();
    }

    private static JdbcClient.StatementSpec details(JdbcClient.StatementSpec sql, ApiKeyEvent.Details details) {
        var expires = details.expiresAt();
        return sql.param("name", details.name())
                .param("allowed_models", array(details.allowedModels()), Types.ARRAY)
                .param(
                        "expires_at",
                        expires == null ? null : expires.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("scopes", array(details.scopes()), Types.ARRAY)
                .param("allowed_ips", array(details.allowedIps()), Types.ARRAY)
                .param("limits", json(details.limits()))
                .param("budgets", json(details.budgets()))
                .param("cache", details.cache(), Types.BOOLEAN)
                .param("metadata", json(details.metadata()));
    }

    private static String @Nullable [] array(@Nullable List<String> values) {
        return values == null ? null : values.toArray(String[]::new);
    }
}
