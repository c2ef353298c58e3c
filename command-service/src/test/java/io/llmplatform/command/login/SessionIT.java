package io.llmplatform.command.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmplatform.command.Service;
import io.llmplatform.command.Service.Answer;
import io.llmplatform.command.refusal.TooManyAttempts;
import io.llmplatform.command.session.Sessions;
import io.llmplatform.contracts.http.Headers;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;

class SessionIT {
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
    void aRefreshTokenIsExchangedOnceAndACopyEndsTheSession() {
        var id = user("rotating");
        var login = login("rotating");
        var first = refreshToken(login);
        var second = refresh(first);
        assertThat(second.status()).as(second.toString()).isEqualTo(200);
        assertThat(second.json().get("session_id")).isEqualTo(login.json().get("session_id"));
        assertThat(second.header("Set-Cookie")).isNull();
        assertThat(refreshToken(second)).isNotEqualTo(first).startsWith("rt_").hasSize(46);
        assertThat(me(accessToken(second))).isEqualTo(200);

        assertThat(refresh(first).status()).as("within the grace").isEqualTo(200);
        var current = refresh(refreshToken(second));
        assertThat(current.status()).as("replaced a moment ago").isEqualTo(200);
        age("identity.refresh_token", "replaced_at", sessionOf(login), "11 seconds");

        var reused = refresh(first, "User-Agent", "thief/1", Headers.FORWARDED_FOR, "192.0.2.66");
        assertThat(reused.status()).isEqualTo(401);
        assertThat(me(accessToken(current))).isEqualTo(401);
        assertThat(refresh(refreshToken(current)).status()).isEqualTo(401);
        assertThat(closed(id)).containsExactly("reuse sessions 192.0.2.66 thief/1");
    }

    @Test
    void twoExchangesAtTheSameTimeLeaveOneTokenInForce() {
        user("hurried");
        var login = login("hurried");

        var answers = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> refresh(refreshToken(login)), Service.PARALLEL))
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).map(Answer::status))
                .containsOnly(200);
        assertThat(service.jdbc()
                        .queryForObject(
                                "select count(*) from identity.refresh_token where session_id = ? and replaced_at is null",
                                Integer.class,
                                sessionOf(login)))
                .isEqualTo(1);
    }

    @Test
    void aBrowserGetsTheTokenAsACookieForThePathsOfTheLoginOnly() {
        user("browser");
        var credentials = Map.of("username", "browser", "password", "a long password");
        var login = service.post("auth/login", null, credentials, Headers.FORWARDED_PROTO, "https");
        assertThat(login.json().has("refresh_token")).isFalse();
        assertThat(login.header("Set-Cookie"))
                .startsWith(RefreshCookie.NAME + "=rt_")
                .contains(
                        "; Path=/api/admin/v1/auth;", "; Max-Age=43200;", "; HttpOnly", "; Secure", "SameSite=Strict");
        var cookie = login.header("Set-Cookie").split(";", 2)[0];

        var refreshed = service.post("auth/refresh", null, null, "Cookie", cookie);
        assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(200);
        assertThat(refreshed.json().has("refresh_token")).isFalse();
        assertThat(refreshed.header("Set-Cookie")).contains("rt_").doesNotContain("Secure", cookie);
        assertThat(service.post("auth/refresh", null, null).status()).isEqualTo(401);
        assertThat(service.post("auth/refresh", null, "{\"refresh_token\":7}").status())
                .isEqualTo(400);
        assertThat(refresh("rt_" + "x".repeat(43)).status()).isEqualTo(401);

        var out = service.post("auth/logout", accessToken(refreshed), null);
        assertThat(out.status()).isEqualTo(200);
        assertThat(out.header("Set-Cookie")).contains("Max-Age=0").startsWith(RefreshCookie.NAME + "=;");
        assertThat(me(accessToken(login))).isEqualTo(401);
        var late = service.post("auth/refresh", null, null, "Cookie", refreshed.header("Set-Cookie"));
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.header("Set-Cookie")).contains("Max-Age=0");
    }

    @Test
    void aPersonSeesAndEndsTheirOwnSessionsAndNobodyElses() {
        var id = user("traveller");
        var home = login("traveller", "User-Agent", "Firefox", Headers.FORWARDED_FOR, "192.0.2.10");
        var away = login("traveller", "User-Agent", "curl/8", Headers.FORWARDED_FOR, "192.0.2.11");

        var list = service.get("auth/sessions", accessToken(home)).json().get("data");
        assertThat(list.valueStream()
                        .map(one -> one.get("id").asString() + " "
                                + one.get("user_agent").asString() + " "
                                + one.get("ip").asString() + " "
                                + one.get("current").asBoolean()))
                .containsExactlyInAnyOrder(
                        sessionOf(home) + " Firefox 192.0.2.10 true", sessionOf(away) + " curl/8 192.0.2.11 false");

        var path = "/api/admin/v1/auth/sessions/" + sessionOf(away);
        assertThat(service.send("DELETE", path, admin, null).status()).isEqualTo(404);
        assertThat(me(accessToken(away))).isEqualTo(200);
        assertThat(service.send("DELETE", path, accessToken(home), null).status())
                .isEqualTo(200);
        assertThat(me(accessToken(away))).isEqualTo(401);
        assertThat(service.send("DELETE", path, accessToken(home), null).status())
                .isEqualTo(404);

        var ended = service.post("users/" + id + "/logout", admin, null);
        assertThat(ended.json().get("closed").asInt()).isEqualTo(1);
        assertThat(ended.header(Headers.CONSISTENCY_TOKEN)).isNotBlank();
        assertThat(me(accessToken(home))).isEqualTo(401);
        assertThat(service.post("users/" + id + "/logout", admin, null)
                        .json()
                        .get("closed")
                        .asInt())
                .isZero();
        assertThat(service.post("users/usr_nobody/logout", admin, null).status())
                .isEqualTo(404);
        assertThat(closed(id)).containsExactly("revoked traveller 127.0.0.1", "revoked admin 127.0.0.1");
    }

    @Test
    void aNewPasswordEndsTheOtherSessionsAndDisablingAllInOneTransaction() {
        var id = user("changing");
        var one = login("changing");
        var other = login("changing");

        var change = Map.of("current_password", "a long password", "new_password", "another long one");
        assertThat(service.post("auth/password", accessToken(one), change).status())
                .isEqualTo(200);
        assertThat(me(accessToken(one))).isEqualTo(200);
        assertThat(me(accessToken(other))).isEqualTo(401);

        assertThat(service.post("users/" + id + "/disable", admin, null, "X-Reason", "left")
                        .status())
                .isEqualTo(200);
        assertThat(refresh(refreshToken(one)).status()).isEqualTo(401);
        service.post("users/" + id + "/enable", admin, null);
        assertThat(me(accessToken(one))).as("stays closed").isEqualTo(401);
        assertThat(closed(id)).containsExactly("password_changed changing 127.0.0.1", "user_disabled admin 127.0.0.1");
        assertThat(service.jdbc().queryForList("""
                        select distinct convert_from(metadata, 'UTF8')::jsonb -> 'meta' ->> 'reason' from events.domain_event
                        where type in ('user.UserDisabled', 'session.SessionClosed')
                            and position >= (select position from events.domain_event where aggregate_id = ? and type = 'user.UserDisabled')
                            and position < (select position from events.domain_event where aggregate_id = ? and type = 'user.UserEnabled')""", String.class, id, id)).containsExactly("left");
    }

    @Test
    void aSessionEndsWhenItIsNotUsedAndTheEndIsTold() {
        var id = user("idle");
        var idle = login("idle");
        var old = login("idle");
        age("identity.session", "used_at", sessionOf(idle), "13 hours");
        age("identity.session", "expires_at", sessionOf(old), "8 days");

        for (var login : List.of(idle, old)) {
            assertThat(me(accessToken(login))).isEqualTo(401);
            assertThat(refresh(refreshToken(login)).status()).isEqualTo(401);
        }
        service.bean(Housekeeping.class).run();
        service.bean(Housekeeping.class).run();
        assertThat(closed(id)).containsExactly("expired sessions", "expired sessions");
    }

    @Test
    void failedLoginsAreToldWithoutWhatWasTyped() {
        var id = user("mistyping");
        login("mistyping");
        service.jdbc().update("delete from identity.login_failures");
        fail("mistyping", "wrong", "192.0.2.20");
        fail("my-secret-password", "x", "192.0.2.20");

        assertThat(failures("192.0.2.20"))
                .containsExactly("wrong_password " + id + " mistyping 0", "unknown_user null null 0");
        assertThat(service.jdbc()
                        .queryForObject(
                                "select count(*) from events.domain_event where convert_from(payload, 'UTF8') like '%secret-pass%'",
                                Integer.class))
                .isZero();

        // As if the rest of the minute were full, and then another one.
        service.jdbc().update("update identity.login_failures set seen = 25");
        fail("mistyping", "wrong", "192.0.2.20");
        assertThat(failures("192.0.2.20")).hasSize(2);
        service.jdbc().update("update identity.login_failures set minute = minute - interval '1 minute'");
        fail("mistyping", "wrong", "192.0.2.20");
        assertThat(failures("192.0.2.20")).hasSize(3).last().isEqualTo("wrong_password " + id + " mistyping 6");
    }

    @Test
    void guessesAreSlowedDownByAddressAndAccountButNeverWhereThePersonIsKnown() {
        var id = user("guessed");
        login("guessed", Headers.FORWARDED_FOR, "192.0.2.30");
        var clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        var throttle = throttle(clock);
        for (int i = 0; i < ThrottleRule.ADDRESS.free(); i++) {
            throttle.attempt("nobody" + i, null, "192.0.2.31");
            throttle.attempt("guessed", id, "198.51.100." + i);
        }
        assertThatThrownBy(() -> throttle.attempt("somebody", null, "192.0.2.31"))
                .isInstanceOf(TooManyAttempts.class)
                .extracting(e -> ((TooManyAttempts) e).retryAfter())
                .isEqualTo(Duration.ofSeconds(31));
        assertThatThrownBy(() -> throttle.attempt("Guessed", id, "203.0.113.1"))
                .extracting(e -> ((TooManyAttempts) e).retryAfter())
                .isEqualTo(Duration.ofSeconds(6));

        throttle.attempt("guessed", id, "192.0.2.30").succeeded();
        var later = throttle(Clock.offset(clock, Duration.ofSeconds(31)));
        later.attempt("guessed", id, "203.0.113.1").undecided();
        later.attempt("guessed", id, "203.0.113.1").succeeded();
        later.attempt("guessed", id, "203.0.113.1");
        later.attempt("guessed", id, "203.0.113.1");
        later.attempt("somebody", null, "192.0.2.31").succeeded();
        later.attempt("somebody", null, "192.0.2.31");
        assertThatThrownBy(() -> later.attempt("somebody", null, "192.0.2.31")).isInstanceOf(TooManyAttempts.class);
        var tomorrow = throttle(Clock.offset(clock, Duration.ofHours(2)));
        tomorrow.attempt("somebody", null, "192.0.2.31");
        tomorrow.attempt("somebody", null, "192.0.2.31");
    }

    /** Their locks may come in another order than their moments, and clocks of instances differ. */
    @Test
    void attemptsAtTheSameTimeDoNotWaitForEachOther() {
        var id = user("twins");
        var clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        var slower = throttle(Clock.offset(clock, Duration.ofSeconds(-2)));
        var first = throttle(clock).attempt("twins", id, "192.0.2.40");
        slower.attempt("twins", id, "192.0.2.40").succeeded();
        first.succeeded();
        throttle(clock).attempt("twin", null, "192.0.2.40").succeeded();
        slower.attempt("another", null, "192.0.2.40").succeeded();
    }

    @Test
    void thePublicKeyVerifiesAToken() throws Exception {
        var key = service.get("auth/jwks", null).json().get("keys").get(0);
        var parts = admin.split("\\.", -1);
        var header = new String(Base64.getUrlDecoder().decode(parts[0]), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(header).contains("\"kid\":\"" + key.get("kid").asString() + "\"");

        var spki = "302a300506032b6570032100"
                + HexFormat.of()
                        .formatHex(Base64.getUrlDecoder().decode(key.get("x").asString()));
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(spki))));
        verifier.update((parts[0] + "." + parts[1]).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void aPersonHasAHundredSessionsAndTheOldestGivesWay() {
        var id = user("frequent");
        var first = login("frequent");
        service.jdbc().update("""
                insert into identity.session (session_id, user_id, opened_at, used_at, access_until, expires_at)
                select 'ses_made' || n, ?, now(), now() + interval '1 second', now(), now() + interval '1 day'
                from generate_series(1, ?) n""", id, Grants.MOST_SESSIONS - 1);
        assertThat(me(accessToken(first))).isEqualTo(200);
        login("frequent");
        assertThat(me(accessToken(first))).isEqualTo(401);
        assertThat(closed(id)).containsExactly("too_many frequent 127.0.0.1");
    }

    private static LoginThrottle throttle(Clock clock) {
        return new LoginThrottle(
                service.bean(ThrottleRows.class),
                service.bean(PlatformTransactionManager.class),
                service.bean(Sessions.class),
                clock);
    }

    private static String user(String name) {
        return service.post("users", admin, Map.of("username", name, "password", "a long password"))
                .id();
    }

    private static Answer login(String name, String... headers) {
        var all = Stream.concat(Stream.of("User-Agent", ""), Stream.of(headers)).toArray(String[]::new);
        var answer = service.post(
                "auth/login",
                null,
                Map.of("username", name, "password", "a long password", "refresh_token_in", "body"),
                all);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer;
    }

    private static void fail(String name, String password, String from) {
        var body = Map.of("username", name, "password", password);
        assertThat(service.post("auth/login", null, body, Headers.FORWARDED_FOR, from)
                        .status())
                .isEqualTo(401);
    }

    private static Answer refresh(String token, String... headers) {
        return service.post("auth/refresh", null, Map.of("refresh_token", token), headers);
    }

    private static int me(String token) {
        return service.get("auth/me", token).status();
    }

    private static String accessToken(Answer answer) {
        return answer.json().get("access_token").asString();
    }

    private static String refreshToken(Answer answer) {
        return answer.json().get("refresh_token").asString();
    }

    private static String sessionOf(Answer answer) {
        return answer.json().get("session_id").asString();
    }

    private static void age(String table, String column, String session, String by) {
        service.jdbc()
                .update(
                        "update %s set %s = %s - interval '%s' where session_id = ?"
                                .formatted(table, column, column, by),
                        session);
    }

    /** Reason, actor, address and device of the closed sessions of a person. */
    private static List<String> closed(String userId) {
        return service.events("session.SessionClosed").stream()
                .filter(event -> event.at("/data/user_id").asString("").equals(userId))
                .map(event -> {
                    var meta = event.get("meta");
                    var actor = meta.at("/actor/name/clear")
                            .asString(meta.at("/actor/id").asString(""));
                    var device = meta.at("/user_agent/clear").asString("");
                    return Stream.of(
                                    event.at("/data/reason").asString(""),
                                    actor,
                                    meta.at("/ip/clear").asString(""),
                                    device.contains("/") && !device.startsWith("Java") ? device : "")
                            .filter(part -> !part.isEmpty())
                            .collect(Collectors.joining(" "));
                })
                .toList();
    }

    /** Reason, account and number of untold ones of the failures from an address. */
    private static List<String> failures(String ip) {
        return service.events("login.LoginFailed").stream()
                .filter(event -> event.at("/meta/ip/clear").asString("").equals(ip))
                .map(event -> event.get("data"))
                .map(data -> "%s %s %s %s"
                        .formatted(
                                data.path("reason").asString(""),
                                data.path("user_id").asString("null"),
                                data.at("/username/clear").asString("null"),
                                data.path("failures_left_out").asLong()))
                .toList();
    }
}
