package io.llmplatform.command.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.command.secondfactor.Authenticator;
import io.llmplatform.contracts.http.Headers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SecondFactorIT {
    private static final String PASSWORD = "a long password";
    private static final String PATH = "auth/second-factor";
    private static Service service;
    private static String admin;

    @BeforeAll
    static void start() {
        service = Service.start();
        admin = service.admin();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void onceConfirmedALoginNeedsACodeAndEachCodeCountsOnce() {
        var person = new Person("factor");
        // Other tests here fail so often that no more would be told in this minute.
        service.jdbc().update("delete from identity.login_failures");
        assertThat(person.state().get("enrolled").asBoolean()).isFalse();
        assertThat(service.post(PATH, person.token, Map.of("password", "wrong")).field())
                .isEqualTo("password");
        person.begin();
        assertThat(person.login(null).status()).as("begun only").isEqualTo(200);
        assertThat(person.confirm("000000").field()).isEqualTo("code");
        var first = person.code(0);
        var confirmed = person.confirm(first);
        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(200);
        assertThat(confirmed.json().get("recovery_codes")).hasSize(10);
        assertThat(person.state().get("recovery_codes_left").asInt()).isEqualTo(10);
        assertThat(person.confirm(first).status()).isEqualTo(409);
        assertThat(service.post(PATH, person.token, Map.of("password", PASSWORD))
                        .status())
                .isEqualTo(409);

        assertProblem(person.login(null), "second-factor-needed");
        assertProblem(person.login(first), "second-factor-refused");
        assertProblem(person.login("not-a-code"), "second-factor-refused");
        var next = person.code(1);
        assertThat(person.login(next).status()).isEqualTo(200);
        assertProblem(person.login(next), "second-factor-refused");
        assertProblem(
                service.post("auth/login", null, Map.of("username", "factor", "password", "wrong", "code", next)),
                "not-logged-in");

        assertThat(reasons(person.id))
                .containsExactly("replayed_code", "wrong_code", "replayed_code", "wrong_password");
        assertThat(service.events("user.SecondFactorEnrolled"))
                .anySatisfy(event ->
                        assertThat(event.at("/meta/actor/id").asString()).isEqualTo(person.id));
    }

    @Test
    void ofManyWhoUseOneCodeAtOnceOneComesIn() {
        var person = new Person("contested");
        var recovery = person.enrol();

        assertThat(inParallel(person, person.code(1)))
                .filteredOn(status -> status == 200)
                .hasSize(1);
        assertThat(inParallel(person, recovery.get(0).asString()))
                .filteredOn(status -> status == 200)
                .hasSize(1);
    }

    @Test
    void aRecoveryCodeCountsOnceHoweverItIsWritten() {
        var person = new Person("recovering");
        var recovery = person.enrol();

        var written =
                recovery.get(3).asString().toUpperCase(java.util.Locale.ROOT).replace('-', ' ');
        assertThat(person.login(written).status()).isEqualTo(200);
        assertProblem(person.login(recovery.get(3).asString()), "second-factor-refused");
        assertThat(person.state().get("recovery_codes_left").asInt()).isEqualTo(9);
        assertThat(service.events("user.RecoveryCodeUsed"))
                .filteredOn(event -> event.get("id").asString().equals(person.id))
                .singleElement()
                .satisfies(event -> assertThat(
                                event.at("/data/recovery_codes_left").asInt())
                        .isEqualTo(9));
        var other = new Person("stranger");
        other.enrol();
        assertProblem(other.login(recovery.get(4).asString()), "second-factor-refused");
    }

    @Test
    void isRemovedByACodeARecoveryCodeOrThePassword() {
        var person = new Person("remover");
        person.enrol();
        assertThat(person.remove(Map.of("password", "wrong")).field()).isEqualTo("password");
        assertThat(person.remove(Map.of("code", "000000")).field()).isEqualTo("code");
        assertThat(person.remove(Map.of()).field()).isEqualTo("code");
        assertThat(person.remove(Map.of("code", person.code(1))).status()).isEqualTo(200);
        assertThat(person.login(null).status()).isEqualTo(200);
        assertThat(person.remove(Map.of("password", PASSWORD)).status()).isEqualTo(409);

        var recovery = person.enrol();
        assertThat(person.remove(Map.of("code", recovery.get(0).asString())).status())
                .isEqualTo(200);
        person.enrol();
        assertThat(person.remove(Map.of("password", PASSWORD)).status()).isEqualTo(200);
        assertThat(service.events("user.SecondFactorRemoved"))
                .filteredOn(event -> event.get("id").asString().equals(person.id))
                .extracting(event -> event.at("/data/by").asString())
                .containsExactly("code", "recovery_code", "password");
    }

    @Test
    void anAdministratorRemovesThatOfOthersAndTheReasonIsKept() {
        var person = new Person("phoneless");
        person.enrol();
        var path = "users/" + person.id + "/second-factor/remove";
        var why = Map.of("reason", "lost phone");
        assertThat(service.post(path, admin, Map.of()).field()).isEqualTo("reason");
        assertThat(service.post(path + "?dry_run=true", admin, why).status()).isEqualTo(200);
        assertProblem(person.login(null), "second-factor-needed");

        var removed = service.post(path, admin, why);
        assertThat(removed.status()).as(removed.toString()).isEqualTo(200);
        assertThat(person.login(null).status()).isEqualTo(200);
        assertThat(service.post(path, admin, why).version()).isEqualTo(removed.version());
        assertThat(service.events("user.SecondFactorRemoved"))
                .filteredOn(event -> event.get("id").asString().equals(person.id))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.at("/data/by").asString()).isEqualTo("administrator");
                    assertThat(event.at("/meta/reason").asString()).isEqualTo("lost phone");
                });
        var own = service.get("auth/me", admin).id();
        assertThat(service.post("users/" + own + "/second-factor/remove", admin, why)
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aNewPasswordLeavesItInForce() {
        var person = new Person("keeper");
        person.enrol();
        service.post("users/" + person.id + "/password", admin, Map.of("password", PASSWORD + "!"));
        person.password = PASSWORD + "!";
        assertProblem(person.login(null), "second-factor-needed");
        assertThat(person.login(person.code(1)).status()).isEqualTo(200);
    }

    @Test
    void whoGuessesCodesWaitsWhateverTheirAddressAndIsNotFreedByThePassword() {
        var person = new Person("guessed");
        person.enrol();
        for (int i = 0; i < ThrottleRule.CODE.free(); i++) {
            assertProblem(person.login("00000" + i, "192.0.2." + i), "second-factor-refused");
            assertProblem(person.login(null, "192.0.2." + i), "second-factor-needed");
        }

        var blocked = person.login(person.code(1), "192.0.2.99");
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(Integer.parseInt(blocked.header("Retry-After"))).isBetween(1, 31);
    }

    private static List<Integer> inParallel(Person person, String code) {
        return IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> person.login(code, "198.51.100." + i).status(), Service.PARALLEL))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static List<String> reasons(String userId) {
        return service.events("login.LoginFailed").stream()
                .map(event -> event.get("data"))
                .filter(data -> data.path("user_id").asString("").equals(userId))
                .map(data -> data.get("reason").asString())
                .toList();
    }

    private static void assertProblem(Service.Answer answer, String name) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(401);
        assertThat(answer.json().get("type").asString()).endsWith(":" + name);
    }

    /** Somebody with an authenticator app. */
    private static final class Person {
        final String id;
        final String username;
        String password = PASSWORD;
        final String token;
        String secret = "";

        Person(String username) {
            this.username = username;
            this.id = service.post("users", admin, Map.of("username", username, "password", PASSWORD))
                    .id();
            this.token = service.login(username, PASSWORD);
        }

        JsonNode state() {
            return service.get(PATH, token).json();
        }

        void begin() {
            var begun = service.post(PATH, token, Map.of("password", password));
            assertThat(begun.status()).as(begun.toString()).isEqualTo(201);
            secret = begun.json().get("secret").asString();
            assertThat(begun.json().get("uri").asString())
                    .startsWith("otpauth://totp/LLM%20Platform:" + username + "?secret=" + secret);
        }

        Service.Answer confirm(String code) {
            return service.post(PATH + "/confirm", token, Map.of("code", code));
        }

        /** @return the recovery codes */
        JsonNode enrol() {
            begin();
            return confirm(code(0)).json().get("recovery_codes");
        }

        Service.Answer remove(Map<String, String> body) {
            return service.post(PATH + "/remove", token, body);
        }

        Service.Answer login(String code) {
            return login(code, "127.0.0.1");
        }

        Service.Answer login(String code, String address) {
            var body = new HashMap<String, Object>(Map.of("username", username, "password", password));
            if (code != null) {
                body.put("code", code);
            }
            return service.post("auth/login", null, body, Headers.FORWARDED_FOR, address);
        }

        String code(int ahead) {
            return Authenticator.code(secret, ahead);
        }
    }
}
