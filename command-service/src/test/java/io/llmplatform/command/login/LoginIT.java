package io.llmplatform.command.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Headers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginIT {
    private static Service service;

    @BeforeAll
    static void start() {
        service = Service.start();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void aDemoAccountLogsInAndSeesItself() {
        var answer = service.post("auth/login", null, Map.of("username", "Admin", "password", "admin123"));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().get("token_type").asString()).isEqualTo("Bearer");
        assertThat(answer.json().get("expires_in").asInt()).isEqualTo(900);
        var me = service.get("auth/me", answer.json().get("access_token").asString());
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json()).isEqualTo(answer.json().get("user"));
        assertThat(me.json().get("username").asString()).isEqualTo("admin");
        assertThat(me.json().get("role").asString()).isEqualTo("admin");
    }

    @Test
    void wrongPasswordAndUnknownNameAreToldInTheSameWords() {
        var wrong = service.post("auth/login", null, Map.of("username", "developer", "password", "wrong"));
        var unknown = service.post("auth/login", null, Map.of("username", "nobody", "password", "wrong"));

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.json().get("detail")).isEqualTo(unknown.json().get("detail"));
        assertThat(wrong.json().get("request_id").asString()).isEqualTo(wrong.header(Headers.REQUEST_ID));
    }

    @Test
    void afterTenFailuresThatAddressWaitsAndNoOther() {
        var wrong = Map.of("username", "demo_user", "password", "wrong");
        for (int i = 0; i < ThrottleRule.PAIR.free(); i++) {
            assertThat(service.post("auth/login", null, wrong, Headers.FORWARDED_FOR, "192.0.2.1")
                            .status())
                    .isEqualTo(401);
        }

        var blocked = service.post("auth/login", null, wrong, Headers.FORWARDED_FOR, "192.0.2.1");
        var right = Map.of("username", "demo_user", "password", "demo123");
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(Integer.parseInt(blocked.header("Retry-After"))).isBetween(1, 31);
        assertThat(service.post("auth/login", null, right, Headers.FORWARDED_FOR, "192.0.2.1")
                        .status())
                .isEqualTo(429);
        assertThat(service.post("auth/login", null, right, Headers.FORWARDED_FOR, "192.0.2.2")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDisabledAccountNeitherLogsInNorUsesItsToken() {
        var admin = service.admin();
        var id = service.post("users", admin, Map.of("username", "leaver", "password", "a long password"))
                .id();
        var token = service.login("leaver", "a long password");
        assertThat(service.get("auth/me", token).status()).isEqualTo(200);

        assertThat(service.post("users/" + id + "/disable", admin, null).status())
                .isEqualTo(200);

        assertThat(service.get("auth/me", token).status()).isEqualTo(401);
        assertThat(service.post("auth/login", null, Map.of("username", "leaver", "password", "a long password"))
                        .status())
                .isEqualTo(401);
        assertThat(service.post("users/" + id + "/enable", admin, null).status())
                .isEqualTo(200);
        assertThat(service.get("auth/me", token).status())
                .as("the session is over")
                .isEqualTo(401);
        assertThat(service.get("auth/me", service.login("leaver", "a long password"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void onesOwnPasswordNeedsTheCurrentOne() {
        var admin = service.admin();
        service.post("users", admin, Map.of("username", "changer", "password", "the first one"));
        var token = service.login("changer", "the first one");

        var wrong = service.post(
                "auth/password", token, Map.of("current_password", "nonsense", "new_password", "the second one"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.field()).isEqualTo("current_password");
        var name = service.post(
                "auth/password", token, Map.of("current_password", "the first one", "new_password", "Changer"));
        assertThat(name.status()).isEqualTo(400);
        assertThat(name.field()).isEqualTo("new_password");
        var right = service.post(
                "auth/password", token, Map.of("current_password", "the first one", "new_password", "the second one"));
        assertThat(right.status()).as(right.toString()).isEqualTo(200);
        assertThat(right.version()).isEqualTo(1);

        assertThat(service.post("auth/login", null, Map.of("username", "changer", "password", "the first one"))
                        .status())
                .isEqualTo(401);
        assertThat(service.get("auth/me", service.login("changer", "the second one"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aResetPasswordEndsTheSessionsBefore() {
        var admin = service.admin();
        var id = service.post("users", admin, Map.of("username", "forgetful", "password", "the first one"))
                .id();
        var before = service.login("forgetful", "the first one");

        assertThat(service.post("users/" + id + "/password", admin, Map.of("password", "the second one"))
                        .status())
                .isEqualTo(200);

        assertThat(service.get("auth/me", before).status()).isEqualTo(401);
        assertThat(service.get("auth/me", service.login("forgetful", "the second one"))
                        .status())
                .isEqualTo(200);
    }
}
