package io.llmplatform.projections.provider;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.ProviderEvent;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.provider}. Of the secret only that there is one. */
@Component
class ProviderListProjection extends EntityProjection<ProviderEvent> {
    private final String created = SqlFile.read("provider-created");
    private final String edited = SqlFile.read("provider-edited");
    private final String rotated = SqlFile.read("provider-secret-rotated");
    private final String status = SqlFile.read("provider-status");

    ProviderListProjection(JdbcClient jdbc) {
        super(new ProjectionId("providers", 1), "provider", ProviderEvent.class, jdbc, "provider");
    }

    @Override
    protected void apply(EventEnvelope envelope, ProviderEvent event) {
        switch (event) {
            case ProviderEvent.ProviderCreated(var ignored1, var details, var secret) ->
                details(sql(created, envelope), details)
                        .param("has_api_key", secret != null)
                        .update();
            case ProviderEvent.ProviderEdited(var ignored1, var ignored2, var after) ->
                details(sql(edited, envelope), after).update();
            case ProviderEvent.ProviderSecretRotated ignored ->
                sql(rotated, envelope).update();
            case ProviderEvent.ProviderSecretRewrapped ignored ->
                sql(rotated, envelope).update();
            case ProviderEvent.ProviderDisabled ignored ->
                sql(status, envelope).param("status", "disabled").update();
            case ProviderEvent.ProviderEnabled ignored ->
                sql(status, envelope).param("status", "active").update();
        }
    }

    private static JdbcClient.StatementSpec details(JdbcClient.StatementSpec sql, ProviderEvent.Details details) {
        return sql.param("name", details.name()).param("type", details.type()).param("base_url", details.baseUrl());
    }
}
