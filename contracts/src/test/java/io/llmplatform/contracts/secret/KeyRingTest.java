package io.llmplatform.contracts.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    private static final String OLD = "Zx7cVb3nMq1wEr5tYu9iOp2aSd4fGh6j";
    private static final String NEW = "jw5S2mRzq0v8E1xYt7uNcPkLbH4oGaDf";

    @Test
    void whatAFormerKeySealedOpensAndIsRewrappedWithoutTheSecretBeingTouched() {
        var old = new SecretBox(ring(Map.of("KEY_ENCRYPTION_KEY", OLD)));
        var both = new SecretBox(ring(Map.of(
                "KEY_ENCRYPTION_KEY",
                NEW,
                "KEY_ENCRYPTION_KEY_VERSION",
                "2",
                "KEY_ENCRYPTION_KEY_PREVIOUS",
                "\n 1:" + OLD + "\n")));
        var sealed = old.seal("sk-upstream", "prv_1");

        assertThat(sealed.kek()).isEqualTo(1);
        assertThat(both.open(sealed, "prv_1")).isEqualTo("sk-upstream");
        assertThat(both.isCurrent(sealed)).isFalse();

        var rewrapped = both.rewrap(sealed, "prv_1");
        assertThat(rewrapped.kek()).isEqualTo(2);
        assertThat(rewrapped.ciphertext()).isEqualTo(sealed.ciphertext());
        assertThat(both.isCurrent(rewrapped)).isTrue();
        var onlyNew = new SecretBox(ring(Map.of("KEY_ENCRYPTION_KEY", NEW, "KEY_ENCRYPTION_KEY_VERSION", "2")));
        assertThat(onlyNew.open(rewrapped, "prv_1")).isEqualTo("sk-upstream");
        assertThatThrownBy(() -> onlyNew.open(sealed, "prv_1"))
                .isInstanceOf(SecretBox.WrongKeyException.class)
                .hasMessageContaining("version 1");
        assertThatThrownBy(() -> both.rewrap(sealed, "prv_2")).isInstanceOf(SecretBox.WrongKeyException.class);
    }

    @Test
    void keysMayStandInFiles(@TempDir Path folder) throws IOException {
        var key = Files.writeString(folder.resolve("kek"), NEW + "\n");
        var previous = Files.writeString(folder.resolve("previous"), "1:" + OLD + "\n3:" + OLD + "x\n");
        var ring = ring(Map.of(
                "KEY_ENCRYPTION_KEY_FILE", key.toString(),
                "KEY_ENCRYPTION_KEY_VERSION", "4",
                "KEY_ENCRYPTION_KEY_PREVIOUS_FILE", previous.toString()));

        assertThat(ring.current()).isEqualTo(4);
        assertThat(ring.keys()).containsOnlyKeys(1, 3, 4);
        assertThat(ring.keys().get(4))
                .isEqualTo(ring(Map.of("KEY_ENCRYPTION_KEY", NEW)).keys().get(1));
        assertThat(ring.toString()).isEqualTo("KeyRing[current=4, versions=[1, 3, 4]]");
    }

    @Test
    void whatIsWrongIsToldByTheVariablesNameAndNeverByItsValue() {
        refused(Map.of(), "KEY_ENCRYPTION_KEY is not set");
        refused(Map.of("KEY_ENCRYPTION_KEY", "short"), "KEY_ENCRYPTION_KEY is too short");
        refused(Map.of("KEY_ENCRYPTION_KEY", NEW, "KEY_ENCRYPTION_KEY_VERSION", "0"), "KEY_ENCRYPTION_KEY_VERSION");
        refused(Map.of("KEY_ENCRYPTION_KEY", NEW, "KEY_ENCRYPTION_KEY_FILE", "/x"), "set one of them");
        refused(Map.of("KEY_ENCRYPTION_KEY_FILE", "/no/such/file"), "KEY_ENCRYPTION_KEY_FILE cannot be read");
        refused(Map.of("KEY_ENCRYPTION_KEY", NEW, "KEY_ENCRYPTION_KEY_PREVIOUS", OLD), "version:key");
        refused(Map.of("KEY_ENCRYPTION_KEY", NEW, "KEY_ENCRYPTION_KEY_PREVIOUS", "1:" + OLD), "is there twice");
        refused(
                Map.of("KEY_ENCRYPTION_KEY", NEW, "KEY_ENCRYPTION_KEY_PREVIOUS", "2:tiny"),
                "KEY_ENCRYPTION_KEY_PREVIOUS is too short");
    }

    private static void refused(Map<String, String> variables, String message) {
        assertThatThrownBy(() -> ring(variables))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(OLD, NEW, "tiny"));
    }

    private static KeyRing ring(Map<String, String> variables) {
        return KeyRing.from(variables::get, false);
    }
}
