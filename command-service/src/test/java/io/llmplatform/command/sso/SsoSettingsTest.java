package io.llmplatform.command.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.contracts.http.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class SsoSettingsTest {
    private static final Map<String, String> LEAST = Map.of(
            "OIDC_ISSUER", "https://id.example.org",
            "OIDC_CLIENT_ID", "us",
            "OIDC_CLIENT_SECRET", "planted secret",
            "OIDC_REDIRECT_URL", "https://console.example.org/api/admin/v1/auth/oidc/callback");

    @Test
    void isOffWithoutAnIssuer() {
        assertThat(SsoSettings.from(new MockEnvironment(), false)).isEmpty();
    }

    @Test
    void letsEverybodyInAsAMemberUnlessToldOtherwise() {
        var settings = with(Map.of());
        assertThat(settings.role(List.of("whatever"))).contains(Role.MEMBER);
        assertThat(settings.roleMap()).isEmpty();
        assertThat(settings.toString()).doesNotContain("planted");
    }

    @Test
    void theFirstRoleOfTheMapCountsAndNobodyElseComesIn() {
        var settings = with(Map.of(
                "OIDC_ROLE_MAP", "cn=admins+ou=llm=admin, staff=member",
                "OIDC_DEFAULT_ROLE", "none"));
        assertThat(settings.role(List.of("staff", "cn=admins+ou=llm"))).contains(Role.ADMIN);
        assertThat(settings.role(List.of("staff"))).contains(Role.MEMBER);
        assertThat(settings.role(List.of("Staff"))).isEmpty();
    }

    @Test
    void tellsWhichVariableIsWrongAndNoSecret() {
        refused(Map.of("OIDC_ISSUER", "http://id.example.org"), "OIDC_ISSUER");
        refused(Map.of("OIDC_ISSUER", "https://user:pw@id.example.org"), "OIDC_ISSUER");
        refused(Map.of("OIDC_CLIENT_SECRET", ""), "OIDC_CLIENT_SECRET");
        refused(Map.of("OIDC_REDIRECT_URL", ""), "OIDC_REDIRECT_URL");
        refused(Map.of("OIDC_REDIRECT_URL", "/callback"), "OIDC_REDIRECT_URL");
        refused(Map.of("OIDC_SCOPES", "profile"), "OIDC_SCOPES");
        refused(Map.of("OIDC_ROLE_MAP", "admins"), "OIDC_ROLE_MAP");
        refused(Map.of("OIDC_ROLE_MAP", "admins=king"), "OIDC_ROLE_MAP");
        refused(Map.of("OIDC_DEFAULT_ROLE", "nobody"), "OIDC_DEFAULT_ROLE");
    }

    private static void refused(Map<String, String> wrong, String variable) {
        assertThatThrownBy(() -> with(wrong))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(variable)
                .hasMessageNotContaining("planted");
    }

    private static SsoSettings with(Map<String, String> more) {
        var all = new HashMap<String, Object>(LEAST);
        all.putAll(more);
        var environment = new MockEnvironment();
        all.forEach((name, value) -> environment.setProperty(name, value.toString()));
        return SsoSettings.from(environment, false).orElseThrow();
    }
}
