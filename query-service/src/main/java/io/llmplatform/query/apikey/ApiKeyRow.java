package io.llmplatform.query.apikey;

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

/** A row of {@code readmodel.api_key}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "api_key")
@SuppressWarnings("NullAway.Init") // filled by JPA
class ApiKeyRow {
    @Id
    private String id;

    private long version;
    private String name;
    private String prefix;

    @Nullable
    private String userId;

    @Nullable
    private String teamId;

    @Nullable
    private String previousPrefix;

    @Nullable
    private Instant previousUntil;

    private String status;

    @Nullable
    private List<String> allowedModels;

    @Nullable
    private Instant expiresAt;

    @Nullable
    private List<String> scopes;

    @Nullable
    private List<String> allowedIps;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode limits;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode budgets;

    @Nullable
    private Boolean cache;

    @Nullable
    @Convert(converter = JsonColumn.class)
    private JsonNode metadata;

    private Instant createdAt;
    private Instant updatedAt;

    protected ApiKeyRow() {}

    String id() {
        return id;
    }

    @Nullable
    String userId() {
        return userId;
    }

    @Nullable
    String teamId() {
        return teamId;
    }

    Cursor cursor() {
        return new Cursor(createdAt, id);
    }

    /** A key that is past its time says so, unless it was disabled or revoked before; a former secret is told while it works. */
    ApiKeyView view(@Nullable String username, @Nullable String teamName, @Nullable Instant lastUsedAt, Instant now) {
        boolean expired = status.equals("active") && expiresAt != null && !expiresAt.isAfter(now);
        boolean overlaps = previousUntil != null && previousUntil.isAfter(now);
        return new ApiKeyView(
                id,
                version,
                name,
                prefix,
                overlaps ? previousPrefix : null,
                overlaps ? previousUntil : null,
                teamId == null ? "personal" : "service",
                userId,
                username,
                teamId,
                teamName,
                expired ? "expired" : status,
                allowedModels,
                expiresAt,
                scopes,
                allowedIps,
                limits,
                budgets,
                cache,
                metadata,
                createdAt,
                updatedAt,
                lastUsedAt);
    }
}
