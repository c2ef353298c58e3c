package io.llmplatform.query.provider;

import io.llmplatform.query.page.Cursor;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code readmodel.provider}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "provider")
@SuppressWarnings("NullAway.Init") // filled by JPA
class ProviderRow {
    @Id
    private String id;

    private long version;
    private String name;
    private String type;
    private String baseUrl;
    private boolean hasApiKey;
    private String status;
    private Instant createdAt;
    private Instant updatedAt;

    protected ProviderRow() {}

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    ProviderView view() {
        return new ProviderView(id, version, name, type, baseUrl, hasApiKey, status, createdAt, updatedAt);
    }

    Cursor cursor() {
        return new Cursor(createdAt, id);
    }
}
