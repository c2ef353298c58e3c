package io.llmplatform.command.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class InvitationTokenTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void aTokenHasItsFormAndAHashThatTellsNothing() {
        var token = InvitationToken.generate(random);

        assertThat(token).hasSize(InvitationToken.LENGTH).isNotEqualTo(InvitationToken.generate(random));
        assertThat(InvitationToken.wellFormed(token)).isTrue();
        assertThat(InvitationToken.wellFormed(token + "x")).isFalse();
        assertThat(InvitationToken.wellFormed(token.substring(4))).isFalse();
        assertThat(InvitationToken.hash(token))
                .hasSize(43)
                .isEqualTo(InvitationToken.hash(token))
                .doesNotContain(token.substring(4, 12));
    }
}
