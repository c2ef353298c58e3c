package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import io.llmplatform.proxy.api.Operation;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoints beside the four for text. */
class EndpointsIT {
    private static final String USAGE = "\"usage\":{\"input_tokens\":100,\"output_tokens\":7,\"total_tokens\":107}";
    private static Platform platform;
    private static String otherUsersKey;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
        platform.config.user("usr_other", true);
        otherUsersKey = platform.config.key(new KeyDraft("key_other", "usr_other"));
    }

    private static UsageRecord usage(HttpResponse<?> response) {
        return platform.usage.of(Platform.requestId(response));
    }

    private static HttpResponse<String> get(String path, String key) throws Exception {
        return Platform.get(platform.port, path, Map.of("Authorization", "Bearer " + key));
    }

    @ParameterizedTest
    @CsvSource({"p-openai", "p-compatible", "p-gemini"})
    void embeddingsAreBase64WhenAskedForWhateverTheProviderReturns(String provider) throws Exception {
        var model = "embed-" + provider;
        platform.serve(
                model,
                (request, response) -> response.end(
                        Canned.whole(provider.equals("p-gemini") ? Operation.GEMINI_EMBEDDINGS : Operation.EMBEDDINGS)),
                provider);
        var response = platform.post(
                "/v1/embeddings", "{\"model\":\"" + model + "\",\"input\":\"x\",\"encoding_format\":\"base64\"}");
        var vector = Ingress.read(response.body()).at("/data/0/embedding").asString();
        var floats = ByteBuffer.wrap(Base64.getDecoder().decode(vector))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        assertThat(new float[] {floats.get(0), floats.get(1)}).containsExactly(0.5f, -0.25f);
        assertThat(floats.remaining()).isEqualTo(2);
    }

    @Test
    void embeddingsTakeTextsAndTokens() throws Exception {
        platform.serve(
                "embed-forms", (request, response) -> response.end(Canned.whole(Operation.EMBEDDINGS)), "p-openai");
        for (var input : new String[] {"\"x\"", "[\"x\",\"y\"]", "[1,2,3]", "[[1,2],[3]]"}) {
            var body = "{\"model\":\"embed-forms\",\"input\":" + input + "}";
            var response = platform.post("/v1/embeddings", body);
            assertThat(response.statusCode()).as(input + response.body()).isEqualTo(200);
            assertThat(platform.upstream.callFor(Platform.requestId(response)).body())
                    .isEqualTo(body.replace("embed-forms", "up-embed-forms"));
            assertThat(usage(response).promptTokens()).isEqualTo(100);
        }
        for (var input : new String[] {"\"\"", "[]", "null", "7"}) {
            var response = platform.post("/v1/embeddings", "{\"model\":\"embed-forms\",\"input\":" + input + "}");
            assertThat(response.statusCode()).as(input).isEqualTo(400);
        }
    }

    @Test
    void speechPassesAsItComes() throws Exception {
        var head = Buffer.buffer(new byte[] {(byte) 0xff, (byte) 0xf3, 0, 13, 10, 26});
        var tail = Buffer.buffer(new byte[100_000]).setByte(7, (byte) 9);
        var release = new CompletableFuture<Void>();
        platform.serve(
                "tts",
                (request, response) -> {
                    response.setChunked(true)
                            .putHeader("Content-Type", "audio/mpeg")
                            .write(head);
                    release.thenRun(() -> response.end(tail));
                },
                "p-openai");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port + "/v1/audio/speech"))
                .header("Authorization", "Bearer " + platform.key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"tts\",\"input\":\"Hi\",\"voice\":\"alloy\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(response.headers().firstValue("content-type")).contains("audio/mpeg");
            var got = new ByteArrayOutputStream();
            got.write(response.body().readNBytes(head.length()));
            // Only now the provider goes on: the beginning had not waited for it.
            release.complete(null);
            response.body().transferTo(got);
            assertThat(got.toByteArray())
                    .isEqualTo(Buffer.buffer()
                            .appendBuffer(head)
                            .appendBuffer(tail)
                            .getBytes());
            assertThat(usage(response))
                    .matches(record -> record.outcome() == Outcome.COMPLETED
                            && record.endpoint().equals("audio.speech"));
        }
    }

    private static byte[] form(String model, String file, byte[] content, String... fields) {
        var out = Buffer.buffer("preamble to skip\r\n");
        for (int i = 0; i < fields.length; i += 2) {
            out.appendString("--b0undary\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n"
                    + fields[i + 1] + "\r\n");
        }
        out.appendString("--b0undary\r\nContent-Disposition: form-data; name=\"" + file
                        + "\"; filename=\"a.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .appendBytes(content)
                .appendString("\r\n--b0undary\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n" + model
                        + "\r\n--b0undary--\r\n");
        return out.getBytes();
    }

    private static HttpResponse<String> send(String path, byte[] form) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port + path))
                .header("Authorization", "Bearer " + platform.key)
                .header("Content-Type", "multipart/form-data; boundary=b0undary")
                .POST(HttpRequest.BodyPublishers.ofByteArray(form))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audio/transcriptions,file,stt",
        "/v1/audio/translations,file,stt-en",
        "/v1/images/edits,image,edits"
    })
    void aFormReachesTheProviderByteForByteButForTheModel(String path, String field, String model) throws Exception {
        platform.serve(
                model,
                (request, response) ->
                        response.putHeader("Content-Type", "application/json").end("{\"text\":\"hi\"," + USAGE + "}"),
                "p-openai");
        var content = new byte[512];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        // Looks like a field of the form, but stands inside of the file.
        var trap = "\r\n--b0undar\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nother\r\n"
                .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(trap, 0, content, 300, trap.length);
        var response = send(path, form(model, field, content, "prompt", "p"));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"text\":\"hi\"," + USAGE + "}");
        var call = platform.upstream.callFor(Platform.requestId(response));
        assertThat(call.bytes().getBytes()).isEqualTo(form("up-" + model, field, content, "prompt", "p"));
        assertThat(call.headers()).containsEntry("Content-Type", "multipart/form-data; boundary=b0undary");
        assertThat(call.uri()).isEqualTo(path);
        assertThat(usage(response))
                .matches(record -> record.promptTokens() == 100 && record.completionTokens() == 7)
                .matches(record ->
                        record.endpoint().equals(path.substring("/v1/".length()).replace('/', '.')));
    }

    @Test
    void aTranscriptionMayBePlainTextOrAStream() throws Exception {
        platform.serve(
                "stt-forms",
                (request, response) -> {
                    if (platform.upstream.callOf("stt-forms").body().contains("name=\"stream\"")) {
                        ScriptedUpstream.sse(response)
                                .end("data: {\"type\":\"transcript.text.delta\",\"delta\":\"hé\"}\n\n"
                                        + "data: {\"type\":\"transcript.text.done\",\"text\":\"hé\"," + USAGE
                                        + "}\n\n");
                    } else {
                        response.putHeader("Content-Type", "text/plain; charset=utf-8")
                                .end("héllo\n");
                    }
                },
                "p-openai");
        var text =
                send("/v1/audio/transcriptions", form("stt-forms", "file", new byte[] {1}, "response_format", "text"));
        assertThat(text.body()).isEqualTo("héllo\n");
        assertThat(text.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
        platform.upstream.calls.removeIf(call -> call.model().equals("up-stt-forms"));
        var stream = send("/v1/audio/transcriptions", form("stt-forms", "file", new byte[] {1}, "stream", "true"));
        assertThat(stream.body())
                .isEqualTo("data: {\"type\":\"transcript.text.delta\",\"delta\":\"hé\"}\n\n"
                        + "data: {\"type\":\"transcript.text.done\",\"text\":\"hé\"," + USAGE + "}\n\n");
        assertThat(usage(stream).promptTokens()).isEqualTo(100);
    }

    @Test
    void aBrokenFormIsRefusedAndRecorded() throws Exception {
        var response = send("/v1/audio/transcriptions", "--b0undary\r\nnothing".getBytes(StandardCharsets.US_ASCII));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(usage(response)).matches(record -> record.outcome() == Outcome.REJECTED && record.status() == 400);
        var json = platform.post("/v1/audio/transcriptions", "{\"model\":\"stt\"}");
        assertThat(json.statusCode()).isEqualTo(415);
    }

    @Test
    void moderationsNeedNoModel() throws Exception {
        platform.serve(
                "omni-moderation-latest",
                (request, response) -> response.end("{\"results\":[{\"flagged\":false}]}"),
                "p-openai");
        var response = platform.post("/v1/moderations", "{\"input\":\"x\"}");
        assertThat(response.body()).isEqualTo("{\"results\":[{\"flagged\":false}]}");
        assertThat(platform.upstream
                        .callFor(Platform.requestId(response))
                        .json()
                        .getString("model"))
                .isEqualTo("up-omni-moderation-latest");
        assertThat(usage(response).endpoint()).isEqualTo("moderations");
    }

    @Test
    void documentsAreReranked() throws Exception {
        platform.serve("rerank", (request, response) -> response.end("{\"results\":[{\"index\":1}]}"), "p-compatible");
        var response = platform.post(
                "/v1/rerank", "{\"model\":\"rerank\",\"query\":\"q\",\"documents\":[\"a\",\"b\"],\"top_n\":1}");
        assertThat(response.body()).isEqualTo("{\"results\":[{\"index\":1}]}");
        assertThat(platform.upstream.callOf("rerank").uri()).isEqualTo("/v1/rerank");
        assertThat(usage(response).endpoint()).isEqualTo("rerank");
    }

    @Test
    void imagesAreMadeFromJson() throws Exception {
        platform.serve(
                "painter",
                (request, response) -> response.putHeader("Content-Type", "application/json")
                        .end("{\"created\":1,\"data\":[{\"b64_json\":\"QQ==\"}]," + USAGE + "}"),
                "p-azure");
        for (var path : new String[] {"generations", "edits"}) {
            var response = platform.post("/v1/images/" + path, "{\"model\":\"painter\",\"prompt\":\"a cat\",\"n\":1}");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(platform.upstream.callFor(Platform.requestId(response)).uri())
                    .startsWith("/openai/deployments/up-painter/images/" + path + "?api-version=");
            assertThat(usage(response))
                    .matches(record -> record.promptTokens() == 100 && record.completionTokens() == 7);
        }
    }

    @Test
    void tokensAreCountedByAnthropicOrHere() throws Exception {
        platform.serve("counted", (request, response) -> response.end("{\"input_tokens\":42}"), "p-anthropic");
        platform.serve("estimated", (request, response) -> response.end("{}"), "p-openai");
        var body = "{\"model\":\"M\",\"messages\":[{\"role\":\"user\",\"content\":\"How many tokens are these?\"}]}";
        var there = platform.post("/v1/messages/count_tokens?beta=true", body.replace("\"M\"", "\"counted\""));
        assertThat(there.body()).isEqualTo("{\"input_tokens\":42}");
        assertThat(usage(there))
                .matches(record -> record.cost().signum() == 0
                        && record.promptTokens() == 0
                        && record.endpoint().equals("messages.count_tokens"));
        var here = platform.post("/v1/messages/count_tokens", body.replace("\"M\"", "\"estimated\""));
        assertThat(here.statusCode()).isEqualTo(200);
        assertThat(here.headers().firstValue("x-platform-estimated")).contains("true");
        assertThat(Ingress.read(here.body()).path("input_tokens").asInt()).isBetween(6, 16);
        assertThat(platform.upstream.countOf("estimated")).isZero();
        assertThat(usage(here)).matches(record -> record.cost().signum() == 0 && record.outcome() == Outcome.COMPLETED);
    }

    @Test
    void modelsAreListedForEveryKindOfClient() throws Exception {
        platform.serve(new ModelDraft("listed/with/slashes").at("p-openai"));
        var list = Ingress.read(get("/v1/models", platform.key).body());
        for (var shape : new String[] {"data", "models"}) {
            assertThat(list.path(shape).valueStream().map(model -> model.path("id")
                            .asString()))
                    .contains("listed/with/slashes", "gpt-4o")
                    .doesNotHaveDuplicates();
        }
        assertThat(list.path("object").asString()).isEqualTo("list");
        assertThat(list.path("has_more").asBoolean(true)).isFalse();
        for (var id : new String[] {"listed/with/slashes", "listed%2Fwith%2Fslashes"}) {
            var one = Ingress.read(get("/v1/models/" + id, platform.key).body());
            assertThat(one.path("id").asString()).isEqualTo("listed/with/slashes");
            assertThat(one.path("object").asString()).isEqualTo("model");
        }
        assertThat(get("/v1/models/none", platform.key).statusCode()).isEqualTo(404);
    }

    @Test
    void translatedResponsesAreKeptForTheirUser() throws Exception {
        platform.serve("remembers", (request, response) -> response.end(Canned.whole(Operation.CHAT)), "p-compatible");
        var first = platform.post("/v1/responses", Ingress.RESPONSES.body("remembers", false));
        var id = Ingress.read(first.body()).path("id").asString();
        assertThat(id).startsWith("resp_");

        assertThat(Ingress.read(get("/v1/responses/" + id, platform.key).body()))
                .isEqualTo(Ingress.read(first.body()));
        var items = Ingress.read(
                get("/v1/responses/" + id + "/input_items", platform.key).body());
        assertThat(items.path("data").size()).isEqualTo(1);
        assertThat(items.path("data").toString()).contains("Hello");

        var second = platform.post(
                "/v1/responses",
                "{\"model\":\"remembers\",\"input\":\"And then?\",\"stream\":false,\"previous_response_id\":\"" + id
                        + "\"}");
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        var asked = platform.upstream.callFor(Platform.requestId(second)).json().getJsonArray("messages");
        assertThat(asked).hasSize(3);
        assertThat(asked.encode()).contains("Hello", Canned.TEXT, "And then?");
        assertThat(Ingress.read(second.body()).path("previous_response_id").asString())
                .isEqualTo(id);

        for (var path : new String[] {"", "/input_items"}) {
            assertThat(get("/v1/responses/" + id + path, otherUsersKey).statusCode())
                    .isEqualTo(404);
        }
        var stranger = Platform.post(
                platform.port,
                "/v1/responses",
                otherUsersKey,
                "{\"model\":\"remembers\",\"input\":\"x\",\"previous_response_id\":\"" + id + "\"}");
        assertThat(stranger.statusCode()).isEqualTo(400);
        assertThat(Ingress.read(stranger.body()).at("/error/code").asString()).isEqualTo("previous_response_not_found");
        assertThat(delete("/v1/responses/" + id, otherUsersKey).statusCode()).isEqualTo(404);

        var deleted = delete("/v1/responses/" + id, platform.key);
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(Ingress.read(deleted.body()).path("deleted").asBoolean(false))
                .isTrue();
        assertThat(get("/v1/responses/" + id, platform.key).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> delete(String path, String key) throws Exception {
        return Platform.send(platform.port, "DELETE", path, Map.of("Authorization", "Bearer " + key), "");
    }

    @Test
    void aStreamedResponseIsKeptTooAndOneThatShallNotIsNot() throws Exception {
        platform.serve(
                "remembers-stream",
                (request, response) -> {
                    if ("text/event-stream".equals(request.getHeader("Accept"))) {
                        ScriptedUpstream.sse(response).end(Canned.joined(Operation.CHAT));
                    } else {
                        response.end(Canned.whole(Operation.CHAT));
                    }
                },
                "p-compatible");
        var stream = platform.post("/v1/responses", Ingress.RESPONSES.body("remembers-stream", true));
        var last = Ingress.events(stream.body()).getLast().path("response");
        assertThat(Ingress.read(get("/v1/responses/" + last.path("id").asString(), platform.key)
                        .body()))
                .isEqualTo(last);
        var unkept = platform.post("/v1/responses", Ingress.RESPONSES.body("remembers-stream", ",\"store\":false"));
        var id = Ingress.read(unkept.body()).path("id").asString();
        assertThat(get("/v1/responses/" + id, platform.key).statusCode()).isEqualTo(404);
    }

    @Test
    void responsesThatTheProviderKeepsAreFetchedFromThere() throws Exception {
        platform.serve(
                "native-memory",
                (request, response) ->
                        response.end(Canned.whole(Operation.RESPONSES).replace("resp_1", "resp_native")),
                "p-openai");
        platform.upstream.scriptPath(
                "/v1/responses/resp_native",
                (request, response) -> response.end(
                        request.method().name().equals("DELETE")
                                ? "{\"deleted\":true}"
                                : "{\"id\":\"resp_native\",\"from\":\"provider\"}"));
        platform.upstream.scriptPath(
                "/v1/responses/resp_native/input_items",
                (request, response) -> response.end("{\"q\":\"" + request.query() + "\"}"));
        platform.post("/v1/responses", Ingress.RESPONSES.body("native-memory", false));
        assertThat(get("/v1/responses/resp_native", platform.key).body())
                .isEqualTo("{\"id\":\"resp_native\",\"from\":\"provider\"}");
        assertThat(get("/v1/responses/resp_native/input_items?limit=2", platform.key)
                        .body())
                .isEqualTo("{\"q\":\"limit=2\"}");
        assertThat(get("/v1/responses/resp_native", otherUsersKey).statusCode()).isEqualTo(404);
        var next = platform.post(
                "/v1/responses",
                "{\"model\":\"native-memory\",\"input\":\"x\",\"previous_response_id\":\"resp_native\"}");
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(platform.upstream.callFor(Platform.requestId(next)).json().getString("previous_response_id"))
                .isEqualTo("resp_native");
        assertThat(delete("/v1/responses/resp_native", platform.key).statusCode())
                .isEqualTo(200);
        await().until(() -> get("/v1/responses/resp_native", platform.key).statusCode() == 404);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRealtimeSessionPassesThroughAndIsBilled(boolean browser) throws Exception {
        var model = "realtime-" + browser;
        var done =
                "{\"type\":\"response.done\",\"response\":{\"id\":\"r1\",\"usage\":{\"total_tokens\":30,\"input_tokens\":20,"
                        + "\"output_tokens\":10,\"input_token_details\":{\"cached_tokens\":5}}}}";
        platform.upstream.socket(model, socket -> {
            socket.writeTextMessage("{\"type\":\"session.created\"}");
            socket.textMessageHandler(text -> {
                socket.writeTextMessage("{\"type\":\"echo\",\"of\":" + text + "}");
                socket.writeTextMessage(done);
            });
        });
        platform.serve(new ModelDraft(model).at("p-openai"));
        var protocols = browser ? new String[] {"realtime", "openai-insecure-api-key." + platform.key} : new String[0];
        try (var client = SocketClient.open(
                platform.port, "/v1/realtime?model=" + model, browser ? null : platform.key, protocols)) {
            assertThat(client.protocol()).isEqualTo(browser ? "realtime" : "");
            assertThat(client.next()).isEqualTo("{\"type\":\"session.created\"}");
            for (int i = 0; i < 2; i++) {
                client.send("{\"type\":\"response.create\",\"ü\":\"🌍\"}");
                assertThat(client.next())
                        .isEqualTo("{\"type\":\"echo\",\"of\":{\"type\":\"response.create\",\"ü\":\"🌍\"}}");
                assertThat(client.next()).isEqualTo(done);
            }
            client.leave();
            assertThat(client.closed.join()).isEqualTo(1000);
        }
        var call = platform.upstream.callOf(model);
        assertThat(call.uri()).isEqualTo("/v1/realtime?model=up-" + model);
        assertThat(call.headers()).containsEntry("Authorization", "Bearer " + Platform.PROVIDER_SECRET);
        assertThat(call.headers().toString()).doesNotContain(platform.key);
        assertThat(platform.usage.ofModel(model, 1))
                .singleElement()
                .matches(record -> record.outcome() == Outcome.COMPLETED
                        && record.endpoint().equals("realtime"))
                .matches(record -> record.promptTokens() == 40 && record.completionTokens() == 20)
                .matches(record -> record.cachedTokens() == 10 && record.cost().signum() > 0);
    }

    @Test
    void aProviderThatClosesAtOnceEndsTheSessionAndItsRecord() throws Exception {
        var model = "realtime-closed";
        platform.upstream.socket(model, socket -> {
            socket.writeTextMessage("{\"type\":\"error\"}");
            socket.close((short) 1008, "no such model");
        });
        platform.serve(new ModelDraft(model).at("p-openai"));
        try (var client = SocketClient.open(platform.port, "/v1/realtime?model=" + model, platform.key)) {
            assertThat(client.closed.get(10, TimeUnit.SECONDS)).isNotEqualTo(1006);
        }
        assertThat(platform.usage.ofModel(model, 1))
                .singleElement()
                .matches(record -> record.outcome() == Outcome.FAILED && "upstream_broken".equals(record.errorCode()));
    }

    @Test
    void aWrongMethodIsToldInTheEnvelopeOfItsApi() throws Exception {
        var messages = get("/v1/messages", platform.key);
        assertThat(messages.statusCode()).isEqualTo(405);
        assertThat(messages.headers().firstValue("allow")).contains("POST");
        assertThat(messages.body()).startsWith("{\"type\":\"error\"");
        assertThat(get("/v1/messages/batches", platform.key).body()).startsWith("{\"type\":\"error\"");
        assertThat(get("/v1/chat/completions", platform.key).body()).startsWith("{\"error\":");
    }

    @Test
    void aRealtimeSessionThatMayNotBeIsRefusedBeforeItOpens() throws Exception {
        assertThatThrownBy(() -> SocketClient.open(platform.port, "/v1/realtime?model=none", platform.key))
                .hasStackTraceContaining("WebSocketHandshakeException");
        assertThatThrownBy(() -> SocketClient.open(platform.port, "/v1/realtime?model=gpt-4o", "sk-wrong"))
                .hasStackTraceContaining("WebSocketHandshakeException");
        assertThat(get("/v1/realtime?model=gpt-4o", platform.key).statusCode()).isEqualTo(426);
    }

    @Test
    void aSessionThatTheProviderBreaksIsAFailure() throws Exception {
        platform.upstream.socket(
                "realtime-broken", socket -> socket.textMessageHandler(text -> socket.close((short) 1011)));
        platform.serve(new ModelDraft("realtime-broken").at("p-openai"));
        try (var client = SocketClient.open(platform.port, "/v1/realtime?model=realtime-broken", platform.key)) {
            client.send("{}");
            assertThat(client.closed.join()).isNotEqualTo(1000);
        }
        assertThat(platform.usage.ofModel("realtime-broken", 1))
                .singleElement()
                .matches(record -> record.outcome() == Outcome.FAILED && "upstream_broken".equals(record.errorCode()));
    }

    @Test
    void chatOverASocketAnswersOneQuestionBehindTheOther() throws Exception {
        platform.serve(
                "socketed",
                (request, response) -> {
                    if ("text/event-stream".equals(request.getHeader("Accept"))) {
                        ScriptedUpstream.sse(response).end(Canned.joined(Operation.CHAT));
                    } else {
                        response.end(Canned.whole(Operation.CHAT));
                    }
                },
                "p-openai");
        try (var client = SocketClient.open(platform.port, "/v1/chat/ws", platform.key)) {
            client.send(Ingress.CHAT.body("socketed", true));
            var text = new StringBuilder();
            for (var frame = client.next(); !frame.equals("[DONE]"); frame = client.next()) {
                text.append(Ingress.read(frame).at("/choices/0/delta/content").asString(""));
            }
            assertThat(text.toString()).isEqualTo(Canned.TEXT);
            client.send(Ingress.CHAT.body("socketed", false));
            assertThat(client.next()).isEqualTo(Canned.whole(Operation.CHAT));
            client.send("{nonsense");
            assertThat(Ingress.read(client.next()).at("/error/code").asString()).isEqualTo("invalid_json");
            client.send(Ingress.CHAT.body("none", false));
            assertThat(Ingress.read(client.next()).at("/error/code").asString()).isEqualTo("model_not_found");
        }
        assertThat(platform.usage.ofModel("socketed", 2))
                .hasSize(2)
                .allMatch(record -> record.outcome() == Outcome.COMPLETED && record.promptTokens() == 100);
    }

    @Test
    void whoLeavesASocketInMidStreamCancelsTheProvider() throws Exception {
        platform.serve(
                "socket-left",
                (request, response) -> ScriptedUpstream.sse(response).write(Canned.begun(Operation.CHAT)),
                "p-openai");
        try (var client = SocketClient.open(platform.port, "/v1/chat/ws", platform.key)) {
            client.send(Ingress.CHAT.body("socket-left", true));
            client.next();
        }
        await().untilTrue(platform.upstream.callOf("socket-left").hungUp());
        assertThat(platform.usage.ofModel("socket-left", 1))
                .singleElement()
                .matches(record -> record.outcome() == Outcome.ABORTED && record.completionTokens() > 0);
    }

    @Test
    void anthropicsClientsFindTheirWay() throws Exception {
        platform.serve(
                "asked-as-anthropic",
                (request, response) -> response.end(Canned.whole(Operation.MESSAGES)),
                "p-anthropic");
        for (var path : new String[] {"/v1/messages?beta=true", "/api/v1/messages"}) {
            var response = Platform.send(
                    platform.port,
                    "POST",
                    path,
                    Map.of("x-api-key", platform.key, "anthropic-version", "2024-01-01", "anthropic-beta", "tools-1"),
                    Ingress.MESSAGES.body("asked-as-anthropic", false));
            assertThat(response.body()).isEqualTo(Canned.whole(Operation.MESSAGES));
            var call = platform.upstream.callFor(Platform.requestId(response));
            assertThat(call.headers())
                    .containsEntry("anthropic-version", "2024-01-01")
                    .containsEntry("anthropic-beta", "tools-1")
                    .containsEntry("x-api-key", Platform.PROVIDER_SECRET);
        }
        assertThat(Platform.send(platform.port, "HEAD", "/", Map.of(), "").statusCode())
                .isLessThan(400);
        var unknown = platform.post("/v1/messages", Ingress.MESSAGES.body("none", false));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Ingress.read(unknown.body()).at("/error/type").asString()).isEqualTo("not_found_error");
        var broken = platform.post("/v1/messages", "{\"model\":\"asked-as-anthropic\",\"messages\":[]}");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(Ingress.read(broken.body()).path("type").asString()).isEqualTo("error");
    }
}
