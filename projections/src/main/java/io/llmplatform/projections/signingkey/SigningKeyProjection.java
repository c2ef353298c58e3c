package io.llmplatform.projections.signingkey;

import io.llmplatform.contracts.event.EventEnvelope;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.projections.runtime.EntityProjection;
import io.llmplatform.projections.runtime.ProjectionId;
import io.llmplatform.projections.runtime.SqlFile;
import java.sql.Timestamp;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps {@code readmodel.signing_key}. A key never changes once it is published. */
@Component
class SigningKeyProjection extends EntityProjection<SigningKeyPublished> {
    private final String published = SqlFile.read("signing-key-published");

    SigningKeyProjection(JdbcClient jdbc) {
        super(new ProjectionId("signing_keys", 1), "signing_key", SigningKeyPublished.class, jdbc);
    }

    @Override
    protected void apply(EventEnvelope envelope, SigningKeyPublished event) {
        jdbc.sql(published)
                .param("id", event.keyId())
                .param("algorithm", event.algorithm())
                .param("public_key", event.publicKey())
                .param("at", Timestamp.from(envelope.at()))
                .update();
    }
}
