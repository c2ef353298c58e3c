package io.llmplatform.query.team;

import io.llmplatform.query.column.JsonColumn;
import io.llmplatform.query.page.Cursor;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A row of {@code readmodel.team}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "team")
@SuppressWarnings("NullAway.Init") // filled by JPA
class TeamRow {
    @Id
    private String id;

    private long version;
    private String name;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode limits;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode budgets;

    private String status;
    private Instant createdAt;
    private Instant updatedAt;

    protected TeamRow() {}

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    TeamView view(List<TeamView.Manager> managers) {
        return new TeamView(id, version, name, limits, budgets, managers, status, createdAt, updatedAt);
    }

    Cursor cursor() {
        return new Cursor(createdAt, id);
    }
}
