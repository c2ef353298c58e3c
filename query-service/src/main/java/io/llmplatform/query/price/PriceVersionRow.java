package io.llmplatform.query.price;

import io.llmplatform.query.column.JsonColumn;
import io.llmplatform.query.page.Cursor;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A row of {@code readmodel.price_version}. */
@Entity
@Immutable
@Table(schema = "readmodel", name = "price_version")
@SuppressWarnings("NullAway.Init") // filled by JPA
class PriceVersionRow {
    @Id
    private String id;

    private String bookId;
    private long bookVersion;
    private String modelId;
    private String modelName;
    private int number;
    private Instant effectiveFrom;

    @Nullable
    private Instant effectiveUntil;

    @Convert(converter = JsonColumn.class)
    private JsonNode rates;

    @Nullable
    private Integer corrects;

    @Nullable
    private Integer correctedBy;

    private Instant createdAt;

    protected PriceVersionRow() {}

    PriceVersionView view(Instant now) {
        return new PriceVersionView(
                bookId,
                bookVersion,
                modelId,
                modelName,
                number,
                state(now),
                effectiveFrom,
                effectiveUntil,
                rates,
                corrects,
                correctedBy,
                createdAt);
    }

    private String state(Instant now) {
        if (correctedBy != null) {
            return "corrected";
        }
        if (effectiveFrom.isAfter(now)) {
            return "coming";
        }
        return effectiveUntil == null || effectiveUntil.isAfter(now) ? "in_force" : "past";
    }

    Cursor cursor() {
        return new Cursor(createdAt, id);
    }
}
