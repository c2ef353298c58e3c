package io.llmplatform.contracts.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.settings.Secrets;
import org.junit.jupiter.api.Test;

class SecretBoxTest {
    private final SecretBox box = new SecretBox(Secrets.keyBytes("a key-encryption key for this test", "test"));

    @Test
    void whatIsSealedOpensForItsOwnerOnly() {
        var sealed = box.seal("sk-upstream-秘密", "prv_1");

        assertThat(box.open(sealed, "prv_1")).isEqualTo("sk-upstream-秘密");
        assertThat(ContractJson.mapper().writeValueAsString(sealed)).doesNotContain("sk-upstream");
        assertThatThrownBy(() -> box.open(sealed, "prv_2")).isInstanceOf(SecretBox.WrongKeyException.class);
    }

    @Test
    void anotherKeyDoesNotOpenItAndSaysSo() {
        var sealed = box.seal("secret", "prv_1");
        var other = new SecretBox(Secrets.keyBytes("another key-encryption key", "test"));

        assertThatThrownBy(() -> other.open(sealed, "prv_1"))
                .isInstanceOf(SecretBox.WrongKeyException.class)
                .hasMessageContaining("KEY_ENCRYPTION_KEY");
    }

    @Test
    void theSameSecretSealsDifferently() {
        assertThat(box.seal("secret", "prv_1")).isNotEqualTo(box.seal("secret", "prv_1"));
    }
}
