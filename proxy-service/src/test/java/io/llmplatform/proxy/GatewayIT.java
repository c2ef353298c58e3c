package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.NotFoundException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.http.AccessTokens;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.call.BodyBudget;
import java.math.BigDecimal;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class GatewayIT {
    private static Platform platform;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
    }

    @Test
    void aCompletionIsAnsweredCountedAndPriced() throws Exception {
        var response = platform.chat("gpt-4o", ",\"max_tokens\":5");
        assertThat(response.statusCode()).isEqualTo(200);
        var body = json(response.body());
        assertThat(body.at("/choices/0/finish_reason").asString()).isEqualTo("length");
        assertThat(response.headers().firstValue("x-platform-deployment")).contains("dep_mock");
        assertThat(response.headers().firstValue("x-platform-attempts")).contains("1");
        assertThat(response.headers().firstValue("openai-processing-ms")).isPresent();

        var usage = platform.usage.of(Platform.requestId(response));
        assertThat(usage.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(usage.promptTokens())
                .isEqualTo(body.at("/usage/prompt_tokens").asLong());
        assertThat(usage.completionTokens()).isEqualTo(5);
        assertThat(usage.userId()).isEqualTo("usr_1");
        assertThat(usage.apiKeyId()).isEqualTo("key_1");
        assertThat(usage.cost())
                .isEqualByComparingTo(
                        response.headers().firstValue("x-platform-cost").orElseThrow())
                .isEqualByComparingTo(new BigDecimal("2.5")
                        .multiply(BigDecimal.valueOf(usage.promptTokens()))
                        .add(new BigDecimal("50"))
                        .movePointLeft(6));
    }

    @Test
    void theOfficialClientIsServed() {
        var client = client(platform.key);
        var params = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("介绍一下人工智能")
                .build();
        var whole = client.chat().completions().create(params);
        assertThat(whole.choices().getFirst().message().content().orElseThrow()).contains("介绍一下人工智能");
        assertThat(whole.usage().orElseThrow().totalTokens()).isPositive();

        var streamed = new StringBuilder();
        try (var stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(chunk -> {
                assertThat(chunk.choices()).isNotEmpty();
                chunk.choices().getFirst().delta().content().ifPresent(streamed::append);
            });
        }
        assertThat(streamed.toString())
                .isEqualTo(whole.choices().getFirst().message().content().orElseThrow());

        assertThat(client.models().list().data())
                .extracting(model -> model.id())
                .contains("gpt-4o", "org/slashed");
        assertThat(client.models().retrieve("org/slashed").id()).isEqualTo("org/slashed");
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(params.toBuilder().model("no-such-model").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client("sk-wrong").chat().completions().create(params))
                .isInstanceOf(UnauthorizedException.class);
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + platform.port + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @Test
    void usageOfAStreamComesOnlyToWhoAsksButIsAlwaysRecorded() throws Exception {
        var silent = platform.chat("gpt-4o", ",\"stream\":true");
        assertThat(silent.body()).endsWith("data: [DONE]\n\n").doesNotContain("prompt_tokens");
        assertThat(platform.usage.of(Platform.requestId(silent)))
                .matches(usage -> usage.completionTokens() > 0 && !usage.tokensEstimated() && usage.ttftMs() != null);

        var asking = platform.chat("gpt-4o", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}");
        assertThat(asking.body()).contains("\"choices\":[],\"usage\":{\"prompt_tokens\"");
        assertThat(asking.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(asking.headers().firstValue("x-accel-buffering")).contains("no");
    }

    @Test
    void theSecondPrefixAndTheOtherHeaderWorkToo() throws Exception {
        var response = Platform.send(
                platform.port,
                "POST",
                "/api/v1/chat/completions",
                Map.of("x-api-key", platform.key),
                Platform.chatBody("gpt-4o", ""));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @Test
    void aRevokedKeyIsRefusedWithinASecond() throws Exception {
        var key = platform.config.key("key_revoked", "usr_1");
        await().until(() -> status(key, "gpt-4o") == 200);
        var before = Instant.now();
        platform.config.key("key_revoked", "usr_1", key, false, null);
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> status(key, "gpt-4o") == 401);
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
        var refused = Platform.post(platform.port, "/v1/chat/completions", key, Platform.chatBody("gpt-4o", ""));
        assertThat(platform.usage.of(Platform.requestId(refused)))
                .matches(usage -> usage.outcome() == Outcome.REJECTED
                        && usage.status() == 401
                        && "invalid_api_key".equals(usage.errorCode())
                        && "key_revoked".equals(usage.apiKeyId()));
    }

    @Test
    void expiredKeysAndKeysOfDisabledUsersAreRefused() throws Exception {
        var expired = platform.config.key("key_expired", "usr_1");
        var orphaned = platform.config.key("key_orphaned", "usr_gone");
        platform.config.user("usr_gone", true);
        await().until(() -> status(orphaned, "gpt-4o") == 200);
        platform.config.key("key_expired", "usr_1", expired, true, Instant.now().minusSeconds(1));
        platform.config.user("usr_gone", false);
        await().until(() -> status(orphaned, "gpt-4o") == 401);
        assertThat(status(expired, "gpt-4o")).isEqualTo(401);
    }

    @Test
    void aServiceKeyCallsForItsTeamWhileTheTeamIsActive() throws Exception {
        var orphan = platform.config.key(KeyDraft.ofTeam("key_orphan", "team_nowhere"));
        platform.config.team("team_service", true, null, null);
        var key = platform.config.key(KeyDraft.ofTeam("key_service", "team_service"));
        await().until(() -> status(key, "gpt-4o") == 200);
        assertThat(status(orphan, "gpt-4o")).isEqualTo(401);
        var answer = Platform.post(platform.port, "/v1/chat/completions", key, Platform.chatBody("gpt-4o", ""));
        assertThat(platform.usage.of(Platform.requestId(answer)))
                .matches(usage -> usage.userId() == null
                        && "team_service".equals(usage.teamId())
                        && "key_service".equals(usage.apiKeyId()));

        platform.config.team("team_service", false, null, null);
        await().atMost(Duration.ofSeconds(1)).until(() -> status(key, "gpt-4o") == 401);
    }

    @Test
    void whatATeamsServiceKeysStoredIsTheTeamsAlone() throws Exception {
        platform.config.team("team_stores", true, null, null);
        var key = platform.config.key(KeyDraft.ofTeam("key_stores_1", "team_stores"));
        var sibling = platform.config.key(KeyDraft.ofTeam("key_stores_2", "team_stores"));
        await().until(() -> status(sibling, "gpt-4o") == 200);
        var answer =
                Platform.post(platform.port, "/v1/responses", key, "{\"model\":\"gpt-4o\",\"input\":\"Keep this\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var path = "/v1/responses/" + json(answer.body()).path("id").asString();

        assertThat(Platform.get(platform.port, path, Map.of("x-api-key", sibling))
                        .statusCode())
                .isEqualTo(200);
        assertThat(Platform.get(platform.port, path, Map.of("x-api-key", platform.key))
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theSecretBeforeARotationWorksUntilItsInstant() throws Exception {
        var first = platform.config.key(new KeyDraft("key_rotated", "usr_1"));
        var second = platform.config.key(
                new KeyDraft("key_rotated", "usr_1").after(first, Instant.now().plusSeconds(3)));
        await().until(() -> status(second, "gpt-4o") == 200);
        assertThat(status(first, "gpt-4o")).isEqualTo(200);
        await().atMost(Duration.ofSeconds(4)).until(() -> status(first, "gpt-4o") == 401);
        assertThat(status(second, "gpt-4o")).isEqualTo(200);

        var third = platform.config.key(new KeyDraft("key_rotated", "usr_1").after(second, Instant.now()));
        await().until(() -> status(third, "gpt-4o") == 200);
        assertThat(status(second, "gpt-4o")).isEqualTo(401);
        assertThat(status(first, "gpt-4o")).isEqualTo(401);
    }

    @Test
    void aKeySeesAndCallsOnlyItsModels() throws Exception {
        var key = platform.config.key("key_narrow", "usr_1", "org/slashed");
        await().until(() -> status(key, "org/slashed") == 200);
        assertThat(status(key, "gpt-4o")).isEqualTo(403);
        var list = json(Platform.get(platform.port, "/v1/models", Map.of("x-api-key", key))
                .body());
        assertThat(list.get("data")).hasSize(1);
        assertThat(list.at("/models/0/id").asString()).isEqualTo("org/slashed");
        var hidden = Platform.get(platform.port, "/v1/models/gpt-4o", Map.of("x-api-key", key));
        assertThat(hidden.statusCode()).isEqualTo(404);
    }

    @Test
    void aConsoleSessionMayCallAsItsUser() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        platform.config.user("usr_console", true);
        platform.config.publish(new ConfigRecord.SigningKey(
                "kid1",
                1,
                "Ed25519",
                Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                null));
        var later = Instant.now().plusSeconds(60);
        var token = token(pair.getPrivate(), later);
        await().until(() -> status(token, "gpt-4o") == 200);
        var response = Platform.post(platform.port, "/v1/chat/completions", token, Platform.chatBody("gpt-4o", ""));
        assertThat(platform.usage.of(Platform.requestId(response)))
                .matches(usage -> "usr_console".equals(usage.userId()) && usage.apiKeyId() == null);

        assertThat(status(token(pair.getPrivate(), Instant.now().minusSeconds(1)), "gpt-4o"))
                .isEqualTo(401);
        var other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        assertThat(status(token(other.getPrivate(), later), "gpt-4o")).isEqualTo(401);

        var ended = token(pair.getPrivate(), later, "ses_ended");
        assertThat(status(ended, "gpt-4o")).isEqualTo(200);
        platform.config.publish(new ConfigRecord.ClosedSession("ses_ended", 2, later));
        await().atMost(Duration.ofSeconds(5)).until(() -> status(ended, "gpt-4o") == 401);
        assertThat(status(token, "gpt-4o")).as("another session").isEqualTo(200);

        platform.config.user("usr_console", false);
        await().atMost(Duration.ofSeconds(5)).until(() -> status(token, "gpt-4o") == 401);
        platform.config.user("usr_console", true);
        await().atMost(Duration.ofSeconds(5)).until(() -> status(token, "gpt-4o") == 200);
        platform.config.publish(new ConfigRecord.SigningKey("kid1", 2, "Ed25519", "", true));
        await().atMost(Duration.ofSeconds(5)).until(() -> status(token, "gpt-4o") == 401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /v1/chat/completions | {broken | 400 | invalid_json",
                "POST | /v1/chat/completions | {\"model\":1} | 400 | invalid_request",
                "POST | /v1/chat/completions | {\"model\":\"nope\",\"messages\":[{}]} | 404 | model_not_found",
                "GET | /v1/chat/completions | `` | 405 | method_not_allowed",
                "DELETE | /v1/models | `` | 405 | method_not_allowed",
                "GET | /v1/models/nope | `` | 404 | model_not_found",
                "POST | /v1/nope | {} | 404 | unknown_url",
                "GET | /nope | `` | 404 | unknown_url",
            })
    void refusalsComeInTheEnvelopeWithAllFourKeys(String method, String path, String body, int status, String code)
            throws Exception {
        var response =
                Platform.send(platform.port, method, path, Map.of("Authorization", "Bearer " + platform.key), body);
        assertThat(response.statusCode()).isEqualTo(status);
        var error = json(response.body()).get("error");
        assertThat(error.propertyNames()).containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.get("code").asString()).isEqualTo(code);
        assertThat(Platform.requestId(response)).startsWith("req_");
    }

    @ParameterizedTest
    @CsvSource({"Bearer sk-x", "Bearer a.b.c", "Basic eDp5", "Bearer "})
    void garbledCredentialsAreRefused(String authorization) throws Exception {
        var response = Platform.send(
                platform.port,
                "POST",
                "/v1/chat/completions",
                Map.of("Authorization", authorization),
                Platform.chatBody("gpt-4o", ""));
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(json(response.body()).at("/error/code").asString()).isEqualTo("invalid_api_key");
    }

    @Test
    void anOversizedBodyIsRefusedAnnouncedOrNot() throws Exception {
        var big = Platform.chatBody("gpt-4o", ",\"x\":\"" + "y".repeat(200_000) + "\"");
        var response = Platform.post(platform.port, "/v1/chat/completions", platform.key, big);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(platform.usage.of(Platform.requestId(response)).outcome()).isEqualTo(Outcome.REJECTED);

        try (var socket = new Socket("127.0.0.1", platform.port)) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + platform.key
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 5; i++) {
                out.write(("c350\r\n" + "z".repeat(50_000) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
            assertThat(Platform.readUntil(socket, "request_too_large")).contains("413");
        }
    }

    @Test
    void managementRequestsReachTheirServiceWithWhatTheyNeedAndNoMore() throws Exception {
        var write = Platform.send(
                platform.port,
                "POST",
                "/api/admin/v1/users?x=%2F1",
                Map.of(
                        "Authorization", "Bearer t",
                        "X-Request-Id", "mine",
                        "X-Forwarded-For", "6.6.6.6",
                        "X-Forwarded-Host", "evil",
                        "X-Forwarded-Proto", "https",
                        "X-Consistency-Token", "7"),
                "{\"a\":1}");
        assertThat(write.statusCode()).isEqualTo(201);
        assertThat(write.headers().firstValue("x-consistency-token")).contains("42");
        assertThat(write.headers().firstValue("x-private")).isEmpty();
        var seen = json(write.body());
        assertThat(seen.get("service").asString()).isEqualTo("command");
        assertThat(seen.get("uri").asString()).isEqualTo("/api/admin/v1/users?x=%2F1");
        assertThat(seen.get("body").asString()).isEqualTo("{\"a\":1}");
        assertThat(seen.at("/headers/x-request-id").asString()).isEqualTo(Platform.requestId(write));
        assertThat(seen.at("/headers/x-forwarded-for").asString()).isEqualTo("127.0.0.1");
        assertThat(seen.at("/headers").has("x-forwarded-host")).isFalse();
        assertThat(seen.at("/headers/x-forwarded-proto").asString())
                .as("told by a stranger")
                .isEqualTo("http");
        assertThat(seen.at("/headers/x-consistency-token").asString()).isEqualTo("7");

        assertThat(service("GET", "/api/admin/v1/users")).isEqualTo("query");
        assertThat(service("GET", "/api/admin/v1/auth/me")).isEqualTo("command");
        assertThat(service("DELETE", "/api/admin/v1/auth/sessions/ses_1")).isEqualTo("command");
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, same-origin, true",
        "Sec-Fetch-Site, same-site, false",
        "Sec-Fetch-Site, cross-site, false",
        "Origin, http://127.0.0.1:PORT, true",
        "Origin, http://127.0.0.1:1, false",
        "Origin, http://evil.example, false",
        "Origin, null, false",
        "Origin, %, false",
        "Accept, */*, true",
    })
    void theCookieOfALoginIsTakenFromPagesOfThisOriginOnly(String name, String value, boolean taken) throws Exception {
        var header = value.replace("PORT", String.valueOf(platform.port));
        var path = "/api/admin/v1/auth/refresh";
        var with = Map.of(name, header, "Cookie", "a=b; llm_platform_refresh=rt_x");
        var answer = Platform.send(platform.port, "POST", path, with, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(taken ? 201 : 403);
        assertThat(Platform.send(platform.port, "POST", path, Map.of(name, header), "")
                        .statusCode())
                .as("without the cookie there is nothing to misuse")
                .isEqualTo(201);
    }

    @Test
    void bodiesBeyondWhatMayBeHeldAreRefusedUntilThereIsRoom() throws Exception {
        var begun = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 3; i++) {
                var socket = new Socket("127.0.0.1", platform.port);
                begun.add(socket);
                socket.setSoTimeout(10_000);
                socket.getOutputStream()
                        .write(("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + platform.key
                                        + "\r\nContent-Length: 190001\r\n\r\n" + " ".repeat(190_000))
                                .getBytes(StandardCharsets.US_ASCII));
            }
            await().untilAsserted(() -> {
                var refused = platform.chat("gpt-4o", ",\"x\":\"" + "y".repeat(50_000) + "\"");
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.headers().firstValue("retry-after")).isPresent();
                assertThat(json(refused.body()).at("/error/code").asString()).isEqualTo("overloaded");
            });
        } finally {
            for (var socket : begun) {
                socket.close();
            }
        }
        var bodies = platform.context.getBean(BodyBudget.class);
        await().until(() -> bodies.held() == 0);
        assertThat(platform.chat("gpt-4o", "").statusCode()).isEqualTo(200);
        await().until(() -> bodies.held() == 0);
    }

    @Test
    void whatIsNotEscapedInAQueryIsEscapedOnItsWay() throws Exception {
        assertThat(rawGet("/api/admin/v1/audit/events?q=名字|{x}&page=%32"))
                .contains("/api/admin/v1/audit/events?q=%E5%90%8D%E5%AD%97%7C%7Bx%7D&page=%32");
        assertThat(rawGet("/api/admin/v1/名字")).contains(" 400 ", "application/problem+json");
    }

    @Test
    void aNumberBeyondEveryRangeIsAnswered() throws Exception {
        assertThat(platform.chat("gpt-4o", ",\"temperature\":1e99999999999").statusCode())
                .isEqualTo(200);
    }

    private static String rawGet(String target) throws Exception {
        try (var socket = new Socket("127.0.0.1", platform.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void badManagementRequestsAreProblems() throws Exception {
        var big = Platform.send(platform.port, "POST", "/api/admin/v1/users", Map.of(), "x".repeat((1 << 20) + 1));
        assertThat(big.statusCode()).isEqualTo(413);
        assertThat(big.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(json(big.body()).get("request_id").asString()).isEqualTo(Platform.requestId(big));
        var loose = rawGet("/api/admin/v1/users?q=100%");
        assertThat(loose).contains(" 400 ", "application/problem+json");
        var smuggled = Platform.get(platform.port, "/api/admin/v1/%2e%2e/%2e%2e/health", Map.of());
        assertThat(smuggled.statusCode()).isEqualTo(400);
    }

    @Test
    void browsersOfKnownOriginsMayCall() throws Exception {
        var known = Platform.send(
                platform.port,
                "OPTIONS",
                "/v1/chat/completions",
                Map.of(
                        "Origin", "http://localhost:3000",
                        "Access-Control-Request-Method", "POST",
                        "Access-Control-Request-Headers", "authorization"),
                "");
        assertThat(known.statusCode()).isEqualTo(204);
        assertThat(known.headers().firstValue("access-control-allow-origin")).contains("http://localhost:3000");
        assertThat(known.headers().firstValue("access-control-allow-headers")).contains("authorization");
        var unknown = Platform.get(platform.port, "/health", Map.of("Origin", "http://evil"));
        assertThat(unknown.headers().firstValue("access-control-allow-origin")).isEmpty();
    }

    @Test
    void documentsAreServedWithoutInlineScript() throws Exception {
        var page = Platform.get(platform.port, "/docs", Map.of());
        assertThat(page.body()).contains("LLM Platform").doesNotContainPattern("<script>|onload=");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .contains("script-src 'self';");
        assertThat(Platform.get(platform.port, "/docs/swagger-ui-bundle.js", Map.of())
                        .statusCode())
                .isEqualTo(200);
        for (var spec : new String[] {"data-plane", "management"}) {
            assertThat(Platform.get(platform.port, "/openapi/" + spec + ".yaml", Map.of())
                            .body())
                    .startsWith("openapi: 3.1");
        }
    }

    @Test
    void theConsoleIsServedWithItsApiOnOneOrigin() throws Exception {
        int port = platform.consolePort;
        var deep = Platform.get(port, "/users/usr_1", Map.of());
        assertThat(deep.body()).contains("<title>console</title>");
        assertThat(deep.headers().firstValue("cache-control")).contains("no-cache");
        assertThat(deep.headers().firstValue("content-security-policy")).isPresent();
        var asset = Platform.get(port, "/assets/app-1a2b.js", Map.of("Accept-Encoding", "gzip"));
        assertThat(asset.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
        assertThat(asset.headers().firstValue("content-encoding")).contains("gzip");
        assertThat(Platform.get(port, "/assets/missing.js", Map.of()).statusCode())
                .isEqualTo(404);
        for (var path : new String[] {"/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt"}) {
            assertThat(Platform.get(port, path, Map.of()).body()).doesNotContain("outside");
        }
        assertThat(Platform.get(port, "/health", Map.of()).statusCode()).isEqualTo(200);
        assertThat(Platform.post(port, "/v1/chat/completions", platform.key, Platform.chatBody("gpt-4o", ""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(Platform.get(port, "/api/admin/v1/users", Map.of()).statusCode())
                .isEqualTo(201);
    }

    private static String service(String method, String path) throws Exception {
        return json(Platform.send(platform.port, method, path, Map.of(), "").body())
                .get("service")
                .asString();
    }

    /** As the command-service signs them. */
    private static String token(PrivateKey key, Instant expiresAt) throws Exception {
        return token(key, expiresAt, "ses_open");
    }

    private static String token(PrivateKey key, Instant expiresAt, String session) throws Exception {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var header = "{\"alg\":\"EdDSA\",\"kid\":\"kid1\"}";
        var claims = "{\"iss\":\"" + AccessTokens.ISSUER + "\",\"sub\":\"usr_console\",\"sid\":\"" + session
                + "\",\"exp\":" + expiresAt.getEpochSecond() + "}";
        var signed = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + base64.encodeToString(signature.sign());
    }

    private static int status(String key, String model) throws Exception {
        return Platform.post(platform.port, "/v1/chat/completions", key, Platform.chatBody(model, ",\"max_tokens\":1"))
                .statusCode();
    }

    private static JsonNode json(String text) {
        return ContractJson.mapper().readTree(text);
    }
}
