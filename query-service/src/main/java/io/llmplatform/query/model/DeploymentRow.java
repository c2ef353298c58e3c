package io.llmplatform.query.model;

import io.llmplatform.query.column.JsonColumn;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A row of {@code readmodel.deployment}. */
@Entity
@Immutable
@IdClass(DeploymentRow.Key.class)
@Table(schema = "readmodel", name = "deployment")
@SuppressWarnings("NullAway.Init") // filled by JPA
class DeploymentRow {
    @Id
    private String modelId;

    @Id
    private String id;

    private int place;
    private String providerId;
    private String upstreamModel;
    private int weight;

    @Nullable
    private Integer priority;

    /** Which requests it is for. */
    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode condition;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode limits;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode price;

    protected DeploymentRow() {}

    String modelId() {
        return modelId;
    }

    int place() {
        return place;
    }

    String providerId() {
        return providerId;
    }

    ModelView.Deployment view(@Nullable String providerName) {
        return new ModelView.Deployment(
                id, providerId, providerName, upstreamModel, weight, priority, condition, limits, price);
    }

    /** A deployment's id is unique within its model. */
    record Key(String modelId, String id) implements Serializable {}
}
