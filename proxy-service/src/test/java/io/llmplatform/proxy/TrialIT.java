package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.http.AccessTokens;
import io.llmplatform.contracts.http.Role;
import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.proxy.api.Operation;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Administrators try providers and models through the adapters that serve callers. */
class TrialIT {
    private static final long NEWEST = 1_000_000;
    private static Platform platform;
    private static KeyPair keys;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        user("usr_boss", Role.ADMIN);
        user("usr_reader", Role.AUDITOR);
        user("usr_worker", Role.MEMBER);
        platform.config.publish(new ConfigRecord.SigningKey(
                "kid-trial",
                1,
                "Ed25519",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()),
                null));
        await().until(() -> test("models/none", "").statusCode() == 404);
    }

    private static void user(String id, Role role) throws Exception {
        platform.config.publish(new ConfigRecord.User(id, NEWEST, true, role, null, null, null, null));
    }

    @Test
    void everyDeploymentOfAModelIsTriedAndRecorded() throws Exception {
        platform.upstream.script("tried", (request, response) -> {
            var path = request.path();
            var spoken = path.endsWith("/messages")
                    ? Operation.MESSAGES
                    : path.contains(":generateContent") ? Operation.GEMINI_CONTENT : Operation.CHAT;
            response.putHeader("Content-Type", "application/json").end(Canned.whole(spoken));
        });
        platform.serve(new ModelDraft("tried")
                .at("p-openai", "p-compatible", "p-deepseek", "p-anthropic", "p-gemini", "p-azure", "mock"));

        var answer = test("models/mdl_tried", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var json = Ingress.read(answer.body());
        assertThat(json.path("ok").asBoolean()).as(answer.body()).isTrue();
        assertThat(json.path("name").asString()).isEqualTo("tried");
        assertThat(json.path("results")).hasSize(7).allSatisfy(result -> {
            assertThat(result.path("ok").asBoolean()).isTrue();
            assertThat(result.path("status").asInt()).isEqualTo(200);
            assertThat(result.path("first_byte_ms").asLong())
                    .isBetween(0L, result.path("total_ms").asLong());
            assertThat(result.path("completion_tokens").asLong()).isPositive();
            var usage = platform.usage.of(result.path("request_id").asString());
            assertThat(usage.outcome()).isEqualTo(Outcome.COMPLETED);
            assertThat(usage.metadata()).isEqualTo(Map.of("test", "model"));
            assertThat(usage.userId()).isEqualTo("usr_boss");
            assertThat(usage.deployment())
                    .isEqualTo(result.path("deployment_id").asString());
            assertThat(usage.cost()).isPositive();
        });
    }

    @Test
    void whatIsWrongIsToldInTheProvidersWordsWithoutItsSecret() throws Exception {
        platform.upstream.script("refusing", (request, response) -> response.setStatusCode(401)
                .putHeader("Content-Type", "application/json")
                .end("{\"error\":{\"code\":\"bad_key\",\"message\":\"Key " + Platform.PROVIDER_SECRET
                        + " was revoked at http://10.1.2.3/x\"}}"));
        platform.config.provider("trial-off", "openai", platform.upstream.url(), Platform.PROVIDER_SECRET);
        platform.config.publish(new ConfigRecord.Provider(
                "trial-gone", NEWEST, false, "Gone", "openai", "http://127.0.0.1:1/v1", null));
        platform.serve(new ModelDraft("refusing").at("trial-off", "trial-gone"));

        var answer = test("models/mdl_refusing", "{\"endpoint\":\"chat.completions\"}");

        var json = Ingress.read(answer.body());
        assertThat(json.path("ok").asBoolean()).isFalse();
        var refused = json.at("/results/0");
        assertThat(refused.path("status").asInt()).isEqualTo(401);
        assertThat(refused.at("/error/code").asString()).isEqualTo("bad_key");
        assertThat(refused.at("/error/message").asString())
                .isEqualTo("Key [removed] was revoked at [removed]")
                .doesNotContain(Platform.PROVIDER_SECRET);
        var gone = json.at("/results/1");
        assertThat(gone.at("/error/code").asString()).isEqualTo("upstream_unreachable");
        assertThat(gone.has("status")).isFalse();
        var usage = platform.usage.of(refused.path("request_id").asString());
        assertThat(usage.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(usage.status()).isEqualTo(401);
        assertThat(usage.errorCode()).isEqualTo("bad_key");
    }

    @Test
    void theCatalogueTellsWhatAModelIsAskedForAndABodyCanTellOtherwise() throws Exception {
        model("trial_embedding", List.of("text"), "embedding");
        model("trial_speech", List.of("text"), "audio");
        model("trial_transcription", List.of("audio"), "text");
        model("trial_image", List.of("text"), "image");
        model("trial_score", List.of("text"), "score");
        model("trial_moderation", List.of("text"), "moderation");
        var asked = new LinkedHashMap<String, String>();
        for (var name : List.of("embedding", "speech", "transcription", "image", "score", "moderation")) {
            var json = Ingress.read(test("models/mdl_trial_" + name, "{}").body());
            assertThat(json.path("ok").asBoolean()).as(json.toString()).isTrue();
            asked.put(name, json.at("/results/0/endpoint").asString());
        }
        assertThat(asked.values())
                .containsExactly(
                        "embeddings",
                        "audio.speech",
                        "audio.transcriptions",
                        "images.generations",
                        "rerank",
                        "moderations");
        var otherwise = Ingress.read(test("models/mdl_trial_embedding", "{\"endpoint\":\"messages\"}")
                .body());
        assertThat(otherwise.at("/results/0/endpoint").asString()).isEqualTo("messages");
        assertThat(otherwise.path("ok").asBoolean()).isTrue();
    }

    private static void model(String name, List<String> input, String output) throws Exception {
        var catalog = new ModelEvent.Catalog("For tests", 1000L, 100L, input, List.of(output), List.of("tools"));
        var deployment = new ModelEvent.Deployment("dep_" + name, "mock", name, 1, null, null, null, null);
        platform.config.publish(new ConfigRecord.Model(
                "mdl_" + name,
                NEWEST,
                true,
                name,
                List.of(deployment),
                null,
                null,
                null,
                null,
                catalog,
                Instant.now()));
    }

    @Test
    void aProviderIsTriedByItsListOrByAModel() throws Exception {
        listing("openai", "/trial-openai/v1", "/v1/models", """
                {"object":"list","data":[{"id":"gpt-x","object":"model"},{"id":"big","context_length":200000,
                 "max_completion_tokens":8000,"description":"Large"},{"no":"id"}]}""");
        listing("anthropic", "/trial-anthropic/v1", "/v1/models", """
                {"data":[{"id":"claude-x","display_name":"Claude X","type":"model"}],"has_more":true}""");
        listing("gemini", "/trial-gemini/v1beta", "/models", """
                {"models":[{"name":"models/gemini-x","displayName":"Gemini X","inputTokenLimit":1000,
                 "outputTokenLimit":100}]}""");
        listing("azure-openai", "/trial-azure", "/openai/v1/models", "{\"data\":[{\"id\":\"gpt-a\"}]}");

        for (var type : List.of("openai", "anthropic", "gemini", "azure-openai")) {
            var result = Ingress.read(test("providers/trial_" + id(type), "").body());
            assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
            assertThat(result.path("endpoint").asString()).isEqualTo("models");
            var usage = platform.usage.of(result.path("request_id").asString());
            assertThat(usage.metadata()).isEqualTo(Map.of("test", "provider"));
            assertThat(usage.providerId()).isEqualTo("trial_" + id(type));
        }
        assertThat(models("trial_openai").toString())
                .isEqualTo("[{\"id\":\"gpt-x\",\"used_by\":[]},{\"id\":\"big\",\"description\":\"Large\","
                        + "\"context_window\":200000,\"max_output\":8000,\"used_by\":[]}]");
        assertThat(models("trial_anthropic").at("/0/name").asString()).isEqualTo("Claude X");
        assertThat(models("trial_gemini").at("/0/id").asString()).isEqualTo("gemini-x");
        assertThat(models("trial_gemini").at("/0/context_window").asInt()).isEqualTo(1000);
        assertThat(models("trial_azure").at("/0/id").asString()).isEqualTo("gpt-a");
        assertThat(models("mock")).isNotEmpty();
        assertThat(platform.upstream.calls.stream()
                        .filter(call -> call.uri().startsWith("/trial-")
                                && call.method().equals("GET")))
                .isNotEmpty()
                .allSatisfy(
                        call -> assertThat(call.headers().values().toString()).contains("trial-key"));

        var byModel =
                Ingress.read(test("providers/mock", "{\"model\":\"anything\"}").body());
        assertThat(byModel.path("ok").asBoolean()).isTrue();
        assertThat(byModel.path("upstream_model").asString()).isEqualTo("anything");
        assertThat(byModel.path("completion_tokens").asInt()).isPositive();
    }

    private static void listing(String type, String base, String path, String list) throws Exception {
        var root = path.startsWith("/v1/") && base.endsWith("/v1") ? base.substring(0, base.length() - 3) : base;
        platform.upstream.scriptPath(
                root + path, (request, response) -> response.putHeader("Content-Type", "application/json")
                        .end(list));
        platform.config.provider("trial_" + id(type), type, platform.upstream.origin() + base, "trial-key");
    }

    private static String id(String type) {
        return type.replace("-openai", "");
    }

    private static JsonNode models(String provider) throws Exception {
        var answer =
                Platform.get(platform.port, "/api/admin/v1/providers/" + provider + "/models", headers("usr_boss"));
        assertThat(answer.statusCode()).isEqualTo(200);
        return Ingress.read(answer.body()).path("data");
    }

    @Test
    void onlyAdministratorsWhoAreLoggedInMayTryAnything() throws Exception {
        for (var path : List.of("providers/mock/test", "models/mdl_any/test")) {
            assertThat(send("POST", path, headers("usr_reader")).statusCode()).isEqualTo(403);
            assertThat(send("POST", path, headers("usr_worker")).statusCode()).isEqualTo(403);
            assertThat(send("POST", path, Map.of()).statusCode()).isEqualTo(401);
            var byKey = send("POST", path, Map.of("Authorization", "Bearer " + platform.key));
            assertThat(byKey.statusCode()).isEqualTo(401);
            assertThat(byKey.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(Ingress.read(byKey.body()).path("request_id").asString()).startsWith("req_");
        }
        assertThat(send("GET", "providers/mock/models", headers("usr_reader")).statusCode())
                .isEqualTo(403);
        assertThat(test("models/mdl_any", "{\"endpoint\":\"realtime\"}").statusCode())
                .isEqualTo(400);
        assertThat(test("models/mdl_any", "{\"other\":1}").statusCode()).isEqualTo(400);
        assertThat(test("providers/mock", "{\"model\":7}").statusCode()).isEqualTo(400);
        assertThat(send("PUT", "providers/mock/test", headers("usr_boss")).body())
                .as("everything else is for the services behind")
                .contains("\"service\":\"command\"");
    }

    private static HttpResponse<String> test(String what, String body) throws Exception {
        return Platform.send(platform.port, "POST", "/api/admin/v1/" + what + "/test", headers("usr_boss"), body);
    }

    private static HttpResponse<String> send(String method, String path, Map<String, String> headers) throws Exception {
        return Platform.send(platform.port, method, "/api/admin/v1/" + path, headers, "");
    }

    private static Map<String, String> headers(String userId) throws Exception {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        var signed = base64.encodeToString("{\"alg\":\"EdDSA\",\"kid\":\"kid-trial\"}".getBytes(StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(
                        ("{\"iss\":\"" + AccessTokens.ISSUER + "\",\"sub\":\"" + userId + "\",\"sid\":\"ses_" + userId
                                        + "\",\"exp\":"
                                        + Instant.now().plusSeconds(300).getEpochSecond() + "}")
                                .getBytes(StandardCharsets.UTF_8));
        var signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return Map.of("Authorization", "Bearer " + signed + "." + base64.encodeToString(signature.sign()));
    }
}
