package io.llmplatform.query.model;

import io.llmplatform.query.column.JsonColumn;
import io.llmplatform.query.page.Cursor;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A row of {@code readmodel.model}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "model")
@SuppressWarnings("NullAway.Init") // filled by JPA
class ModelRow {
    @Id
    private String id;

    private long version;
    private String name;

    @Nullable
    private String currency;

    @Nullable
    private BigDecimal input;

    @Nullable
    private BigDecimal output;

    @Nullable
    private BigDecimal cachedInput;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode routing;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode limits;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode cache;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode catalog;

    private String status;
    private Instant createdAt;
    private Instant updatedAt;

    protected ModelRow() {}

    String id() {
        return id;
    }

    ModelView view(List<ModelView.Deployment> deployments) {
        return new ModelView(
                id, version, name, deployments, price(), routing, limits, cache, catalog, status, createdAt, updatedAt);
    }

    private ModelView.@Nullable Price price() {
        return currency == null || input == null || output == null
                ? null
                : new ModelView.Price(currency, input, output, cachedInput);
    }

    Cursor cursor() {
        return new Cursor(createdAt, id);
    }
}
