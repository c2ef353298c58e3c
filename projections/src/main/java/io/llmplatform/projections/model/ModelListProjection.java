package io.llmplatform.projections.model;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Types;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.model} and its {@code readmodel.deployment} rows. */
@Component
class ModelListProjection extends EntityProjection<ModelEvent> {
    private final String created = SqlFile.read("model-created");
    private final String edited = SqlFile.read("model-edited");
    private final String status = SqlFile.read("model-status");
    private final String deployment = SqlFile.read("model-deployment");

    ModelListProjection(JdbcClient jdbc) {
        super(new ProjectionId("models", 1), "model", ModelEvent.class, jdbc, "model", "deployment");
    }

    @Override
    protected void apply(EventEnvelope envelope, ModelEvent event) {
        switch (event) {
            case ModelEvent.ModelCreated(var id, var details) -> details(created, envelope, id, details);
            case ModelEvent.ModelEdited(var id, var ignored1, var after) -> details(edited, envelope, id, after);
            case ModelEvent.ModelDisabled ignored ->
                sql(status, envelope).param("status", "disabled").update();
            case ModelEvent.ModelEnabled ignored ->
                sql(status, envelope).param("status", "active").update();
        }
    }

    private void details(String sql, EventEnvelope envelope, String modelId, ModelEvent.Details details) {
        var price = details.price();
        int changed = sql(sql, envelope)
                .param("name", details.name())
                .param("currency", price == null ? null : price.currency(), Types.VARCHAR)
                .param("input", price == null ? null : price.input(), Types.NUMERIC)
                .param("output", price == null ? null : price.output(), Types.NUMERIC)
                .param("cached_input", price == null ? null : price.cachedInput(), Types.NUMERIC)
                .param("routing", json(details.routing()))
                .param("limits", json(details.limits()))
                .param("cache", json(details.cache()))
                .param("catalog", json(details.catalog()))
                .update();
        if (changed > 0) {
            deployments(modelId, details);
        }
    }

    private void deployments(String modelId, ModelEvent.Details details) {
        jdbc.sql("delete from deployment where model_id = ?").params(modelId).update();
        int place = 0;
        for (var each : details.deployments()) {
            jdbc.sql(deployment)
                    .param("id", each.id())
                    .param("model_id", modelId)
                    .param("place", place++)
                    .param("provider_id", each.providerId())
                    .param("upstream_model", each.upstreamModel())
                    .param("weight", each.weight())
                    .param("priority", each.priority(), Types.INTEGER)
                    .param("condition", json(each.when()))
                    .param("limits", json(each.limits()))
                    .param("price", json(each.price()))
                    .update();
        }
    }
}
