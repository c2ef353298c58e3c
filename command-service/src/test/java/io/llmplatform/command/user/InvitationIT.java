package io.llmplatform.command.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.command.Service;
import io.llmplatform.contracts.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InvitationIT {
    private static final String PASSWORD = "my own choice";
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
    void aPersonSetsTheirPasswordByTheLinkOnceAndLogsIn() {
        var created = service.post("users", admin, Map.of("username", "newcomer"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(created.version()).isEqualTo(1);
        var token = token(created);
        assertThat(created.json().at("/invitation/link").asString()).isEqualTo("/invitation#" + token);
        assertThat(Instant.parse(created.json().at("/invitation/expires_at").asString()))
                .isBetween(
                        Instant.now().plus(Duration.ofHours(71)), Instant.now().plus(Duration.ofHours(73)));
        assertThat(service.post("auth/login", null, Map.of("username", "newcomer", "password", ""))
                        .status())
                .isIn(400, 401);

        assertThat(accept(token, "short").field()).isEqualTo("password");
        assertThat(accept(token, "newcomer").field()).isEqualTo("password");
        var accepted = accept(token, PASSWORD);
        assertThat(accepted.status()).as(accepted.toString()).isEqualTo(200);
        assertThat(accepted.json().path("username").asString()).isEqualTo("newcomer");
        assertThat(service.get("auth/me", service.login("newcomer", PASSWORD)).status())
                .isEqualTo(200);
        assertThat(accept(token, PASSWORD).field()).isEqualTo("token");
        assertThat(service.jdbc()
                        .queryForObject(
                                "select convert_from(metadata, 'UTF8')::jsonb -> 'meta' -> 'actor' ->> 'id' from events.domain_event"
                                        + " where type = 'user.InvitationAccepted' and aggregate_id = ?",
                                String.class,
                                created.id()))
                .isEqualTo(created.id());
    }

    @Test
    void aLinkDiesWithANewerOneWithDisablingAndWithItsTime() {
        var created = service.post("users", admin, Map.of("username", "late"));
        var path = "users/" + created.id();
        var newer = service.post(path + "/invite", admin, null);
        assertThat(newer.status()).as(newer.toString()).isEqualTo(200);
        assertThat(accept(token(created), PASSWORD).field()).isEqualTo("token");

        service.post(path + "/disable", admin, null);
        assertThat(service.post(path + "/invite", admin, null).status()).isEqualTo(409);
        service.post(path + "/enable", admin, null);
        assertThat(accept(token(newer), PASSWORD).field()).isEqualTo("token");

        var last = service.post(path + "/invite", admin, null);
        service.jdbc().update("update identity.invitation set expires_at = now() where user_id = ?", created.id());
        assertThat(accept(token(last), PASSWORD).field()).isEqualTo("token");
        assertThat(service.post("users/usr_nobody/invite", admin, null).status())
                .isEqualTo(404);
    }

    @Test
    void ofManyWhoUseALinkAtOnceOneSucceeds() {
        var token = token(service.post("users", admin, Map.of("username", "contested")));

        var statuses = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> accept(token, PASSWORD + i, "192.0.2.8").status(), Service.PARALLEL))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).allMatch(status -> status == 200 || status == 400 || status == 409);
    }

    @Test
    void whoGuessesWaits() {
        var guess = "inv_" + "A".repeat(43);
        for (int i = 0; i < 30; i++) {
            assertThat(accept(guess, PASSWORD, "192.0.2.7").field()).isEqualTo("token");
        }
        var blocked = accept(guess, PASSWORD, "192.0.2.7");
        assertThat(blocked.status()).isEqualTo(429);
        assertThat(Integer.parseInt(blocked.header("Retry-After"))).isBetween(1, 901);
    }

    private static Service.Answer accept(String token, String password) {
        return accept(token, password, "192.0.2.6");
    }

    private static Service.Answer accept(String token, String password, String address) {
        var body = Map.of("token", token, "password", password);
        return service.post("auth/invitations/accept", null, body, Headers.FORWARDED_FOR, address);
    }

    private static String token(Service.Answer answer) {
        return answer.json().at("/invitation/token").asString();
    }
}
