package io.llmplatform.contracts.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final byte[] PEPPER = "pepper".getBytes(StandardCharsets.UTF_8);
    private final SecureRandom random = new SecureRandom();

    @RepeatedTest(20)
    void aGeneratedKeyIsWellFormedUntilAnyCharacterChanges() {
        var key = ApiKeys.generate(random);

        assertThat(key).hasSize(ApiKeys.LENGTH).startsWith("sk-").matches("sk-[0-9A-Za-z]{50}");
        assertThat(ApiKeys.wellFormed(key)).isTrue();
        for (int i = 3; i < key.length(); i++) {
            char other = key.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(ApiKeys.wellFormed(key.substring(0, i) + other + key.substring(i + 1)))
                    .as("changed at %d", i)
                    .isFalse();
        }
    }

    @Test
    void otherTextIsNotWellFormed() {
        assertThat(ApiKeys.wellFormed("")).isFalse();
        assertThat(ApiKeys.wellFormed("sk-")).isFalse();
        assertThat(ApiKeys.wellFormed("é".repeat(ApiKeys.LENGTH))).isFalse();
    }

    @Test
    void theHashDependsOnKeyAndPepper() {
        var key = ApiKeys.generate(random);
        var hash = ApiKeys.hash(key, PEPPER);

        assertThat(hash).hasSize(43).isEqualTo(ApiKeys.hash(key, PEPPER));
        assertThat(hash).isNotEqualTo(ApiKeys.hash(ApiKeys.generate(random), PEPPER));
        assertThat(hash).isNotEqualTo(ApiKeys.hash(key, "other".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void theDisplayPrefixHoldsNoneOfTheSecret() {
        var key = ApiKeys.generate(random);

        assertThat(key).startsWith(ApiKeys.displayPrefix(key));
        assertThat(ApiKeys.displayPrefix(key)).hasSize(15);
    }
}
