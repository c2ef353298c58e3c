package io.llmplatform.query.apikey;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code readmodel.api_key_last_used}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "api_key_last_used")
@SuppressWarnings("NullAway.Init") // filled by JPA
class LastUseRow {
    @Id
    private String apiKeyId;

    private Instant at;

    protected LastUseRow() {}

    String apiKeyId() {
        return apiKeyId;
    }

    Instant at() {
        return at;
    }
}
