package io.llmplatform.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.Service;
import io.llmplatform.command.secondfactor.Authenticator;
import io.llmplatform.testkit.PostgresServer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which starts are refused, and what a second start does. */
class StartIT {
    private static final Map<String, String> PRODUCTION = Map.of(
            "PLATFORM_MODE", "production",
            "SECRET_KEY", "jw5S2mRzq0v8E1xYt7uNcPkLbH4oGaDf",
            "API_KEY_PEPPER", "Vb8nQ2eTz6yXr4WmK1pLs9JhGfDcA0uI",
            "KEY_ENCRYPTION_KEY", "Zx7cVb3nMq1wEr5tYu9iOp2aSd4fGh6j",
            "PERSONAL_DATA_KEY", "Qm4nRt8vWx2yZa6bCd0eFg3hJk7lMp1s",
            "ADMIN_USERNAME", "root",
            "ADMIN_PASSWORD", "not the user name");

    @Test
    void demoSecretsAreRefusedOutsideDemoMode() {
        assertThatThrownBy(() -> Service.start(Map.of("PLATFORM_MODE", "production")))
                .rootCause()
                .hasMessageContaining("SECRET_KEY is a demo secret");
    }

    @Test
    void productionHasItsAdministratorAndNoDemo() {
        try (var service = Service.start(PRODUCTION)) {
            var token = service.login("root", "not the user name");
            assertThat(service.get("auth/me", token).json().get("role").asString())
                    .isEqualTo("admin");
            assertThat(service.jdbc().queryForObject("select count(*) from identity.account", Long.class))
                    .isEqualTo(1);
            var known = service.post("users", token, Map.of("username", "someone", "password", "admin123"));
            assertThat(known.status()).isEqualTo(400);
            assertThat(known.field()).isEqualTo("password");
        }
    }

    @Test
    void aDemoPasswordOpensNothingOutsideDemoMode() {
        var settings = new java.util.HashMap<>(PRODUCTION);
        settings.put("DATABASE_URL", PostgresServer.shared().newDatabase());
        var demo = new java.util.HashMap<>(settings);
        demo.put("PLATFORM_MODE", "demo");
        try (var service = Service.start(demo)) {
            assertThat(service.admin()).isNotBlank();
        }
        try (var service = Service.start(settings)) {
            var answer = service.post("auth/login", null, Map.of("username", "admin", "password", "admin123"));
            assertThat(answer.status()).isEqualTo(401);
        }
    }

    @Test
    void aSecondStartSeedsNothingTwiceAndOtherKeysAreRefused() {
        var database = Map.of("DATABASE_URL", PostgresServer.shared().newDatabase());
        long events;
        try (var service = Service.start(database)) {
            events = count(service);
            assertThat(events).isEqualTo(1 + 3 + 1 + 9);
        }
        try (var service = Service.start(database)) {
            assertThat(count(service)).isEqualTo(events);
        }
        assertThatThrownBy(() -> Service.start(Map.of(
                        "DATABASE_URL",
                        database.get("DATABASE_URL"),
                        "KEY_ENCRYPTION_KEY",
                        "demo-another-key-encryption-key-0123456789")))
                .hasStackTraceContaining("KEY_ENCRYPTION_KEY is not the one this database was set up with");
        assertThatThrownBy(() -> Service.start(Map.of(
                        "DATABASE_URL",
                        database.get("DATABASE_URL"),
                        "PERSONAL_DATA_KEY",
                        "demo-another-personal-data-key-0123456789")))
                .hasStackTraceContaining("PERSONAL_DATA_KEY is not the one this database was set up with");
    }

    @Test
    void theKeyEncryptionKeyIsRotatedWithoutASecretBeingLost() {
        var former = "demo-key-encryption-key-0123456789-01";
        var database = PostgresServer.shared().newDatabase();
        String secondFactor;
        try (var service = Service.start(Map.of("DATABASE_URL", database))) {
            var provider = Map.of("name", "Sealed", "type", "openai", "api_key", "sk-planted-sealed");
            service.post("providers", service.admin(), provider);
            var developer = service.login("developer", "dev123");
            secondFactor = service.post("auth/second-factor", developer, Map.of("password", "dev123"))
                    .json()
                    .get("secret")
                    .asString();
            service.post("auth/second-factor/confirm", developer, Map.of("code", Authenticator.code(secondFactor, -1)));
        }
        var next = Map.of(
                "DATABASE_URL", database,
                "KEY_ENCRYPTION_KEY", "demo-another-key-encryption-key-0123456789",
                "KEY_ENCRYPTION_KEY_VERSION", "2");
        assertThatThrownBy(() -> Service.start(next))
                .hasStackTraceContaining("version 1 of KEY_ENCRYPTION_KEY may still be needed");
        var both = new java.util.HashMap<>(next);
        both.put("KEY_ENCRYPTION_KEY_PREVIOUS", "1:" + former);
        try (var service = Service.start(both)) {
            var admin = service.admin();
            assertThat(service.post("secrets/rewrap", admin, null).body())
                    .isEqualTo("{\"key_version\":2,\"rewrapped\":2}");
            assertThat(service.post("secrets/rewrap", admin, null).body())
                    .isEqualTo("{\"key_version\":2,\"rewrapped\":0}");
            assertThat(service.jdbc()
                            .queryForList(
                                    "select convert_from(payload, 'UTF8')::jsonb #>> '{secret,kek}' from events.domain_event"
                                            + " where type = 'provider.ProviderSecretRewrapped'",
                                    String.class))
                    .containsExactly("2");
        }
        try (var service = Service.start(next)) {
            var login =
                    Map.of("username", "developer", "password", "dev123", "code", Authenticator.code(secondFactor, 0));
            assertThat(service.post("auth/login", null, login).status()).isEqualTo(200);
            assertThat(service.post("secrets/rewrap", service.admin(), null).status())
                    .isEqualTo(200);
        }
        assertThatThrownBy(() -> Service.start(Map.of("DATABASE_URL", database)))
                .hasStackTraceContaining("version 2 of KEY_ENCRYPTION_KEY may still be needed");
        // The right key under a forgotten version, and then the right start again: what was refused left nothing
        // behind.
        var forgotten = new java.util.HashMap<>(next);
        forgotten.remove("KEY_ENCRYPTION_KEY_VERSION");
        assertThatThrownBy(() -> Service.start(forgotten))
                .hasStackTraceContaining("version 2 of KEY_ENCRYPTION_KEY may still be needed");
        Service.start(next).close();
    }

    @Test
    void anotherSecretKeyRetiresTheOneBeforeForEverAndLogsNobodyOut() {
        var database = PostgresServer.shared().newDatabase();
        var newer = Map.of("DATABASE_URL", database, "SECRET_KEY", "demo-another-secret-key-0123456789-0123456789");
        String token;
        String refreshToken;
        try (var service = Service.start(Map.of("DATABASE_URL", database))) {
            var login = service.post("auth/login", null, """
                    {"username":"admin","password":"admin123","refresh_token_in":"body"}""");
            token = login.json().get("access_token").asString();
            refreshToken = login.json().get("refresh_token").asString();
        }
        try (var service = Service.start(newer)) {
            assertThat(service.jdbc().queryForList("""
                            select type || ' ' || sequence from events.domain_event
                            where aggregate_type = 'signing_key' order by position""", String.class))
                    .containsExactly(
                            "signing_key.SigningKeyPublished 0",
                            "signing_key.SigningKeyPublished 0",
                            "signing_key.SigningKeyRetired 1");
            assertThat(service.get("auth/me", token).status()).isEqualTo(401);
            assertThat(service.post("auth/refresh", null, Map.of("refresh_token", refreshToken))
                            .status())
                    .isEqualTo(200);
        }
        assertThatThrownBy(() -> Service.start(Map.of("DATABASE_URL", database)))
                .hasStackTraceContaining("SECRET_KEY has been replaced before");
    }

    @Test
    void theModelsFollowTheKeysInTheEnvironment() {
        var database = PostgresServer.shared().newDatabase();
        try (var service = Service.start(Map.of("DATABASE_URL", database))) {
            assertThat(modelEvents(service)).containsExactly("model.ModelCreated");
        }
        try (var service = Service.start(Map.of("DATABASE_URL", database, "OPENAI_API_KEY", "sk-planted-openai"))) {
            assertThat(modelEvents(service)).containsExactly("model.ModelCreated", "model.ModelEdited");
            assertThat(service.jdbc()
                            .queryForList(
                                    "select name from identity.claim where kind = 'provider' order by name",
                                    String.class))
                    .containsExactly("mock", "openai");
        }
    }

    private static java.util.List<String> modelEvents(Service service) {
        return service.jdbc().queryForList("""
                        select e.type from events.domain_event e
                        join identity.claim c on c.owner_id = e.aggregate_id and c.kind = 'model' and c.name = 'gpt-4o'
                        order by e.sequence""", String.class);
    }

    private static long count(Service service) {
        return service.jdbc().queryForObject("select count(*) from events.domain_event", Long.class);
    }
}
