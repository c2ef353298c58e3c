package io.llmplatform.contracts.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PersonSealTest {
    private final byte[] key = bytes(1);
    private final String sealingKey = PersonSeal.publicKey(key);

    @Test
    void opensWithThePersonsKeyOnly() {
        var sealed = PersonSeal.seal(sealingKey, "203.0.113.9 张伟");

        assertThat(PersonSeal.isSealed(sealed)).isTrue();
        assertThat(PersonSeal.isSealed("203.0.113.9")).isFalse();
        assertThat(sealed).doesNotContain("203");
        assertThat(PersonSeal.open(key, sealed)).isEqualTo("203.0.113.9 张伟");
        assertThat(PersonSeal.open(bytes(2), sealed)).isEqualTo(PersonalData.ERASED);
    }

    @Test
    void whatWasTamperedWithIsNotRead() {
        var sealed = PersonSeal.seal(sealingKey, "203.0.113.9");

        assertThat(PersonSeal.open(key, sealed.substring(0, sealed.length() - 8) + "AAAAAAA="))
                .isEqualTo(PersonalData.ERASED);
        assertThat(PersonSeal.open(key, "sealed:no base64")).isEqualTo(PersonalData.ERASED);
        assertThat(PersonSeal.open(key, "sealed:")).isEqualTo(PersonalData.ERASED);
    }

    @Test
    void theSealingKeyFollowsFromThePersonsAndIsAnother() {
        assertThat(PersonSeal.publicKey(bytes(1))).isEqualTo(sealingKey).isNotEqualTo(PersonSeal.publicKey(bytes(2)));
        assertThatThrownBy(() -> PersonSeal.seal("AAAA", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] bytes(int value) {
        var bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
