package io.llmplatform.query.user;

import io.llmplatform.query.column.JsonColumn;
import io.llmplatform.query.page.Cursor;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A row of {@code readmodel.users}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "users")
@SuppressWarnings("NullAway.Init") // filled by JPA
public class UserRow {
    @Id
    private String id;

    private long version;
    private String username;

    @Nullable
    private String displayName;

    @Nullable
    private String email;

    private String role;

    @Nullable
    private String teamId;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode limits;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode budgets;

    private String status;

    @Nullable
    private Instant invitedUntil;

    private boolean secondFactor;

    private Instant createdAt;
    private Instant updatedAt;

    protected UserRow() {}

    public String id() {
        return id;
    }

    public String username() {
        return username;
    }

    boolean isMemberOf(Set<String> teams) {
        return teamId != null && teams.contains(teamId);
    }

    UserView view() {
        return new UserView(
                id,
                version,
                username,
                displayName,
                email,
                role,
                teamId,
                limits,
                budgets,
                status,
                invitedUntil,
                secondFactor,
                createdAt,
                updatedAt);
    }

    Cursor cursor() {
        return new Cursor(createdAt, id);
    }
}
