package io.llmplatform.contracts.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final String DEMO = "demo-secret-0123456789-0123456789-0123456789";

    @Test
    void aDatabaseUrlBecomesAJdbcUrlWithItsCredentials() {
        assertThat(DatabaseUrl.parse("postgresql://llm_user:p%40ss+w@db:5432/llm_platform?sslmode=require"))
                .isEqualTo(new DatabaseUrl(
                        "jdbc:postgresql://db:5432/llm_platform?sslmode=require", "llm_user", "p@ss+w"));
        assertThat(DatabaseUrl.parse("postgres://db/x"))
                .isEqualTo(new DatabaseUrl("jdbc:postgresql://db/x", null, null));
        assertThat(DatabaseUrl.parse("postgresql://u:secret@db/x").toString()).doesNotContain("secret");
    }

    @Test
    void anotherSchemeIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DatabaseUrl.parse("sqlite:///./llm_platform.db"))
                .withMessageContaining("sqlite");
    }

    @Test
    void demoSecretsPassInDemoModeOnly() {
        assertThat(Secrets.require("SECRET_KEY", DEMO, true)).isEqualTo(DEMO);
        assertThatIllegalStateException()
                .isThrownBy(() -> Secrets.require("SECRET_KEY", DEMO, false))
                .withMessageContaining("SECRET_KEY")
                .withMessageNotContaining("0123");
        assertThatIllegalStateException()
                .isThrownBy(() -> Secrets.require("SECRET_KEY", "your-secret-key-change-this-in-production", false));
    }

    @Test
    void missingAndShortSecretsAreRefusedInEveryMode() {
        assertThatIllegalStateException().isThrownBy(() -> Secrets.require("API_KEY_PEPPER", " ", true));
        assertThatIllegalStateException()
                .isThrownBy(() -> Secrets.require("API_KEY_PEPPER", "short", true))
                .withMessageNotContaining("'short'");
    }

    @Test
    void everyPurposeHasKeyBytesOfItsOwn() {
        assertThat(Secrets.keyBytes(DEMO, "a")).hasSize(32).isNotEqualTo(Secrets.keyBytes(DEMO, "b"));
        assertThat(Secrets.keyBytes(DEMO, "a")).isEqualTo(Secrets.keyBytes(DEMO, "a"));
    }
}
