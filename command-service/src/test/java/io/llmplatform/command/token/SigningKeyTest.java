package io.llmplatform.command.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.refusal.Refusal;
import io.llmplatform.command.token.SigningKeyCommand.PublishSigningKey;
import io.llmplatform.command.token.SigningKeyCommand.RetireSigningKey;
import io.llmplatform.contracts.event.SigningKeyPublished;
import io.llmplatform.contracts.event.SigningKeyRetired;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    @Test
    void isPublishedOnce() {
        var command = new PublishSigningKey("kid", "Ed25519", "key");
        var published = new SigningKeyPublished("kid", "Ed25519", "key");
        var key = new AggregateTestFixture<>(SigningKey.class);

        key.givenNoPriorActivity().when(command).expectEvents(published).expectResultMessagePayload(0L);
        key.given(published).when(command).expectNoEvents().expectResultMessagePayload(0L);
    }

    @Test
    void isRetiredOnceAndNeverPublishedAgain() {
        var published = new SigningKeyPublished("kid", "Ed25519", "key");
        var retired = new SigningKeyRetired("kid");
        var key = new AggregateTestFixture<>(SigningKey.class);

        key.given(published)
                .when(new RetireSigningKey("kid"))
                .expectEvents(retired)
                .expectResultMessagePayload(1L);
        key.given(published, retired)
                .when(new RetireSigningKey("kid"))
                .expectNoEvents()
                .expectResultMessagePayload(1L);
        key.given(published, retired)
                .when(new PublishSigningKey("kid", "Ed25519", "key"))
                .expectNoEvents()
                .expectException(Refusal.Conflict.class);
    }

    @Test
    void thePairIsTheSameForTheSameSeedAndItsPublicKeyVerifies() throws Exception {
        var seed = new byte[32];
        seed[0] = 7;
        var pair = SigningKeyPair.fromSeed(seed);
        assertThat(SigningKeyPair.fromSeed(seed).id()).isEqualTo(pair.id()).hasSize(16);

        var signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.signing());
        signature.update(seed);
        var signed = signature.sign();
        signature.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pair.publicKey()))));
        signature.update(seed);
        assertThat(signature.verify(signed)).isTrue();
    }
}
