package io.llmplatform.query.model;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

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
        return new ModelView.Deployment(id, providerId, providerName, upstreamModel, weight);
    }

    /** A deployment's id is unique within its model. */
    record Key(String modelId, String id) implements Serializable {}
}
