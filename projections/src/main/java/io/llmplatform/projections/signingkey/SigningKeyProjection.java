package io.llmplatform.projections.signingkey;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.SigningKeyEvent;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.SigningKeyRetired;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.signing_key}. A key never changes once it is published; it may be retired. */
@Component
class SigningKeyProjection extends EntityProjection<SigningKeyEvent> {
    private final String published = SqlFile.read("signing-key-published");
    private final String retired = SqlFile.read("signing-key-retired");

    SigningKeyProjection(JdbcClient jdbc) {
        super(new ProjectionId("signing_keys", 1), "signing_key", SigningKeyEvent.class, jdbc, "signing_key");
    }

    @Override
    protected void apply(EventEnvelope envelope, SigningKeyEvent event) {
        var at = Timestamp.from(envelope.at());
        switch (event) {
            case SigningKeyPublished(var id, var algorithm, var publicKey) ->
                jdbc.sql(published)
                        .param("id", id)
                        .param("algorithm", algorithm)
                        .param("public_key", publicKey)
                        .param("at", at)
                        .update();
            case SigningKeyRetired(var id) ->
                jdbc.sql(retired).param("id", id).param("at", at).update();
        }
    }
}
