package io.llmplatform.projections.price;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.PriceBookEvent;
import io.llmplatform.contracts.policy.PriceVersion;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Timestamp;
import java.sql.Types;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.price_version}: a row each, and with every change of a book anew until when each holds. */
@Component
class PriceListProjection extends EntityProjection<PriceBookEvent> {
    private final String added = SqlFile.read("price-version-added");
    private final String corrected = SqlFile.read("price-version-corrected");
    private final String until = SqlFile.read("price-version-until");

    PriceListProjection(JdbcClient jdbc) {
        super(new ProjectionId("prices", 1), "price_book", PriceBookEvent.class, jdbc, "price_version");
    }

    @Override
    protected void apply(EventEnvelope envelope, PriceBookEvent event) {
        switch (event) {
            case PriceBookEvent.PriceVersionAdded(var bookId, var modelId, var modelName, var version) ->
                add(envelope, bookId, modelId, modelName, version);
            case PriceBookEvent.PriceVersionCorrected(
                    var bookId,
                    var modelId,
                    var modelName,
                    var before,
                    var after) -> {
                add(envelope, bookId, modelId, modelName, after);
                jdbc.sql(corrected)
                        .param("book_id", bookId)
                        .param("number", before.number())
                        .param("by", after.number())
                        .update();
            }
        }
        jdbc.sql(until).param("book_id", event.bookId()).update();
    }

    private void add(EventEnvelope envelope, String bookId, String modelId, String modelName, PriceVersion version) {
        sql(added, envelope)
                .param("row_id", bookId + ":" + version.number())
                .param("book_id", bookId)
                .param("model_id", modelId)
                .param("model_name", modelName)
                .param("number", version.number())
                .param("effective_from", Timestamp.from(version.effectiveFrom()))
                .param("rates", json(version.rates()))
                .param("corrects", version.corrects(), Types.INTEGER)
                .update();
    }
}
