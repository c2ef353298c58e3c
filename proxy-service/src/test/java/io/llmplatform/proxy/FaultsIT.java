package io.llmplatform.proxy;

import static io.llmplatform.proxy.ScriptedUpstream.breakAfter;
import static io.llmplatform.proxy.ScriptedUpstream.sse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.usage.Outcome;
import io.llmplatform.contracts.usage.UsageRecord;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers do wrong, as clients of each API see it. The idle limit is 1.5 s here, the one for the first byte 2 s. */
class FaultsIT {
    private static Platform platform;

    /** A way to be asked for text, and the provider that is asked in turn. */
    private record Route(Ingress ingress, String provider, io.llmplatform.proxy.api.Operation upstream) {
        String model(String fault) {
            return fault + "-" + ingress.name().toLowerCase(Locale.ROOT) + "-" + provider;
        }
    }

    private static final List<Route> ROUTES = List.of(
            new Route(Ingress.CHAT, "p-openai", Ingress.CHAT.operation),
            new Route(Ingress.MESSAGES, "p-anthropic", Ingress.MESSAGES.operation),
            new Route(Ingress.RESPONSES, "p-openai", Ingress.RESPONSES.operation),
            new Route(Ingress.CHAT, "p-anthropic", Ingress.MESSAGES.operation),
            new Route(Ingress.MESSAGES, "p-compatible", Ingress.CHAT.operation),
            new Route(Ingress.RESPONSES, "p-deepseek", Ingress.CHAT.operation));

    private interface RouteScript {
        void answer(Route route, io.vertx.core.http.HttpServerRequest request);
    }

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
    }

    private static HttpResponse<String> ask(Route route, String fault, boolean stream, RouteScript script)
            throws Exception {
        var model = route.model(fault);
        platform.serve(model, (request, response) -> script.answer(route, request), route.provider());
        return platform.post(route.ingress().path(), route.ingress().body(model, stream));
    }

    private static UsageRecord usage(HttpResponse<?> response) {
        return platform.usage.of(Platform.requestId(response));
    }

    /** The envelope of the API that was asked. */
    private static void assertError(Route route, HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(route + response.body()).isEqualTo(status);
        var body = Ingress.read(response.body());
        if (route.ingress() == Ingress.MESSAGES) {
            assertThat(body.propertyNames()).containsExactlyInAnyOrder("type", "error", "request_id");
            assertThat(body.path("type").asString()).isEqualTo("error");
        } else {
            assertThat(body.path("error").propertyNames())
                    .containsExactlyInAnyOrder("message", "type", "param", "code");
            assertThat(body.at("/error/code").asString("")).isEqualTo(code);
        }
        assertThat(usage(response))
                .matches(record -> record.outcome() == Outcome.FAILED
                        && record.status() == status
                        && record.errorCode().equals(code));
    }

    /** A stream that ended in its middle says so in the words of its API, and never that it stopped. */
    private static void assertBroken(Route route, HttpResponse<String> response, String code) {
        var body = response.body();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(body).as(route.toString()).doesNotContain("127.0.0.1", Platform.PROVIDER_SECRET);
        switch (route.ingress()) {
            case CHAT, COMPLETIONS ->
                assertThat(body)
                        .contains("data: {\"error\":{\"message\"")
                        .endsWith(ScriptedUpstream.DONE)
                        .doesNotContain("\"stop\"");
            case MESSAGES -> {
                assertThat(body).doesNotContain("message_stop").doesNotContain("end_turn");
                assertThat(body.substring(body.lastIndexOf("event: ")))
                        .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"");
            }
            case RESPONSES -> {
                var events = Ingress.events(body);
                var last = events.getLast();
                assertThat(last.path("type").asString()).as(body).isEqualTo("response.failed");
                assertThat(last.at("/response/status").asString()).isEqualTo("failed");
                assertThat(last.at("/response/error/code").asString()).isEqualTo(code);
                if (events.size() > 1) {
                    assertThat(last.at("/response/id").asString())
                            .isEqualTo(events.getFirst().at("/response/id").asString());
                    assertThat(events)
                            .extracting(event -> event.path("sequence_number").asInt(-1))
                            .doesNotHaveDuplicates()
                            .isSorted();
                }
                assertThat(body).doesNotContain("response.completed");
            }
        }
    }

    @Test
    void aBreakInMidStreamIsToldInTheWordsOfTheApi() throws Exception {
        InParallel.each(ROUTES.stream(), route -> {
            var begun = Canned.begun(route.upstream());
            var response = ask(route, "breaks", true, (of, request) -> breakAfter(request, begun));
            assertBroken(route, response, "upstream_broken");
            if (route.ingress().operation == route.upstream()) {
                assertThat(response.body()).startsWith(begun);
            }
            assertThat(route.ingress().text(response.body(), true)).isEqualTo("Grüße ");
            assertThat(usage(response))
                    .matches(record -> record.outcome() == Outcome.FAILED
                            && "upstream_broken".equals(record.errorCode())
                            && record.completionTokens() > 0
                            && record.promptTokens() > 0);
        });
    }

    @Test
    void aStallInMidStreamIsToldInTheWordsOfTheApi() throws Exception {
        InParallel.each(ROUTES.stream(), route -> {
            var response = ask(route, "stalls", true, (of, request) -> sse(request.response())
                    .write(Canned.begun(of.upstream())));
            assertBroken(route, response, "upstream_timeout");
            // While it stood still the client was shown that the connection lives, as its API shows it.
            assertThat(response.body())
                    .contains(route.ingress() == Ingress.MESSAGES ? "event: ping\n" : ": keep-alive\n");
            await().untilTrue(platform.upstream.callOf(route.model("stalls")).hungUp());
            assertThat(usage(response)).matches(record -> record.completionTokens() > 0);
        });
    }

    @Test
    void aStallBeforeTheFirstTokenIsToldInTheWordsOfTheApi() throws Exception {
        InParallel.each(ROUTES.stream(), route -> {
            var response = ask(route, "silent", true, (of, request) -> sse(request.response())
                    .writeHead());
            assertBroken(route, response, "upstream_timeout");
            await().untilTrue(platform.upstream.callOf(route.model("silent")).hungUp());
        });
    }

    @Test
    void aStallBeforeTheHeadersIsAGatewayTimeout() throws Exception {
        InParallel.each(
                Stream.of(true, false).flatMap(stream -> ROUTES.stream().map(route -> new Object[] {route, stream})),
                each -> {
                    var route = (Route) each[0];
                    var stream = (Boolean) each[1];
                    var fault = "mute-" + stream;
                    var response = ask(route, fault, stream, (of, request) -> {});
                    assertError(route, response, 504, "upstream_timeout");
                    assertThat(platform.upstream.countOf(route.model(fault))).isEqualTo(3);
                    await().until(() -> platform.upstream.calls.stream()
                            .filter(call -> call.model().equals("up-" + route.model(fault)))
                            .allMatch(call -> call.hungUp().get()));
                });
    }

    @Test
    void anErrorEventInsideOfAStreamIsToldInTheWordsOfTheApi() throws Exception {
        InParallel.each(ROUTES.stream(), route -> {
            var event =
                    switch (route.upstream()) {
                        case MESSAGES ->
                            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\","
                                    + "\"message\":\"Overloaded\"}}\n\n";
                        case RESPONSES ->
                            "event: error\ndata: {\"type\":\"error\",\"sequence_number\":3,\"code\":\"server_error\","
                                    + "\"message\":\"Overloaded\",\"param\":null}\n\n";
                        default ->
                            "data: {\"error\":{\"message\":\"Overloaded\",\"type\":\"server_error\",\"param\":null,"
                                    + "\"code\":\"server_error\"}}\n\n";
                    };
            var response = ask(route, "error-event", true, (of, request) -> sse(request.response())
                    .end(Canned.begun(of.upstream()) + event));
            var code = route.upstream() == Ingress.MESSAGES.operation ? "overloaded_error" : "server_error";
            assertBroken(route, response, code);
            assertThat(response.body()).contains("Overloaded");
            if (route.ingress() == Ingress.MESSAGES && route.upstream() == Ingress.MESSAGES.operation) {
                // Clients of Anthropic go by the type.
                assertThat(Ingress.events(response.body())
                                .getLast()
                                .at("/error/type")
                                .asString())
                        .isEqualTo("overloaded_error");
            }
            assertThat(usage(response))
                    .matches(record -> record.outcome() == Outcome.FAILED && code.equals(record.errorCode()));
        });
    }

    @Test
    void chunksThatAreNoJsonOrTooLongEndAStreamThatIsTranslated() throws Exception {
        InParallel.each(ROUTES.stream().filter(route -> route.ingress().operation != route.upstream()), route -> {
            var malformed = ask(route, "malformed", true, (of, request) -> sse(request.response())
                    .end(Canned.begun(of.upstream()) + "data: {\"choices\":[{]\n\n"));
            assertBroken(route, malformed, "upstream_invalid_response");
        });
        InParallel.each(ROUTES.stream(), route -> {
            var oversized = ask(route, "oversized", true, (of, request) -> sse(request.response())
                    .write(Canned.begun(of.upstream()) + "data: \"" + "x".repeat(60_000)));
            assertBroken(route, oversized, "upstream_event_too_long");
            await().untilTrue(platform.upstream.callOf(route.model("oversized")).hungUp());
        });
    }

    @Test
    void wholeAnswersThatAreNoneAreABadGateway() throws Exception {
        InParallel.each(ROUTES.stream(), route -> {
            assertError(
                    route,
                    ask(route, "html", false, (of, request) -> request.response()
                            .end("<html>oops</html>")),
                    502,
                    "upstream_invalid_response");
            assertError(
                    route,
                    ask(route, "half", false, (of, request) -> {
                        var whole = Canned.whole(of.upstream());
                        request.response()
                                .putHeader("Content-Length", "" + whole.length())
                                .write(whole.substring(0, 20))
                                .onComplete(sent -> request.connection().close());
                    }),
                    502,
                    "upstream_broken");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503, 529})
    void anErrorIsTriedAtAnotherDeploymentAtOnce(int status) throws Exception {
        InParallel.each(Stream.of("none", "seconds", "millis"), when -> {
            var model = "elsewhere-" + status + "-" + when;
            var first = new AtomicInteger();
            platform.upstream.script(model, (request, response) -> {
                if (first.getAndIncrement() == 0) {
                    refuse(response, status, when, "3600");
                } else {
                    response.end(Canned.whole(Ingress.CHAT.operation));
                }
            });
            platform.serve(new ModelDraft(model).at("p-openai", "p-compatible"));
            var began = System.nanoTime();
            var response = platform.chat(model, "");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            var record = usage(response);
            assertThat(record.attempts()).isEqualTo(2);
            assertThat(record.trail())
                    .extracting(UsageRecord.Attempt::result)
                    .containsExactly("status_" + status, "ok");
            assertThat(record.trail())
                    .extracting(UsageRecord.Attempt::deployment)
                    .doesNotHaveDuplicates();
            assertThat(response.headers().firstValue("retry-after")).isEmpty();
        });
    }

    private static void refuse(io.vertx.core.http.HttpServerResponse response, int status, String when, String value) {
        switch (when) {
            case "seconds" -> response.putHeader("Retry-After", value);
            case "millis" -> response.putHeader("retry-after-ms", value);
            default -> {}
        }
        response.setStatusCode(status)
                .end("{\"error\":{\"message\":\"Try later\",\"type\":\"t\",\"param\":null,\"code\":\"c\"}}");
    }

    @ParameterizedTest
    @CsvSource({"429,seconds,1,1000", "503,seconds,1,1000", "529,millis,300,300", "429,none,,200", "500,none,,200"})
    void anErrorOfTheOnlyDeploymentIsWaitedForWhenThatIsShort(int status, String when, String value, long atLeast)
            throws Exception {
        var model = "waits-" + status + "-" + when;
        var calls = new AtomicInteger();
        platform.serve(
                model,
                (request, response) -> {
                    if (calls.getAndIncrement() == 0) {
                        refuse(response, status, when, value);
                    } else {
                        response.end(Canned.whole(Ingress.CHAT.operation));
                    }
                },
                "p-openai");
        var began = System.nanoTime();
        var response = platform.chat(model, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(atLeast));
        assertThat(usage(response).trail())
                .extracting(UsageRecord.Attempt::result)
                .containsExactly("status_" + status, "ok");
    }

    @ParameterizedTest
    @CsvSource({"429,seconds,120", "503,seconds,120", "529,millis,120000"})
    void anErrorOfTheOnlyDeploymentIsPassedOnWhenTheWaitIsLong(int status, String when, String value) throws Exception {
        InParallel.each(ROUTES.stream(), route -> {
            var fault = "passed-on-" + status;
            var response = ask(route, fault, true, (of, request) -> refuse(request.response(), status, when, value));
            assertError(route, response, status, "c");
            assertThat(response.body()).contains("Try later");
            assertThat(response.headers().firstValue(when.equals("millis") ? "retry-after-ms" : "retry-after"))
                    .contains(value);
            assertThat(platform.upstream.countOf(route.model(fault))).isEqualTo(1);
        });
    }

    @Test
    void anErrorThatStaysIsPassedOnAfterThreeAttempts() throws Exception {
        InParallel.each(ROUTES.stream(), route -> {
            var response = ask(route, "stays", false, (of, request) -> refuse(request.response(), 500, "none", ""));
            assertError(route, response, 500, "c");
            assertThat(usage(response).attempts()).isEqualTo(3);
            assertThat(response.headers().firstValue("x-platform-attempts")).contains("3");
        });
    }

    @Test
    void aClientThatLeavesCancelsTheProviderAndIsRecordedOnce() throws Exception {
        record Leaving(Route route, String when) {}
        InParallel.each(
                Stream.of("before-headers", "before-token", "mid-stream", "whole")
                        .flatMap(when -> ROUTES.stream().map(route -> new Leaving(route, when))),
                each -> {
                    var route = each.route();
                    var model = route.model("left-" + each.when());
                    platform.serve(
                            model,
                            (request, response) -> {
                                switch (each.when()) {
                                    case "before-token" -> sse(response).writeHead();
                                    case "mid-stream" -> sse(response).write(Canned.begun(route.upstream(), 20));
                                    default -> {}
                                }
                            },
                            route.provider());
                    var body = route.ingress().body(model, !each.when().equals("whole"));
                    try (var socket = platform.raw(route.ingress().path(), body)) {
                        await().until(() -> platform.upstream.countOf(model) == 1);
                        if (each.when().equals("mid-stream")) {
                            Platform.readUntil(socket, "Gr");
                        }
                    }
                    await().untilTrue(platform.upstream.callOf(model).hungUp());
                    boolean midway = each.when().equals("mid-stream");
                    assertThat(platform.usage.ofModel(model, 1))
                            .as(each.toString())
                            .singleElement()
                            .matches(record -> record.outcome() == Outcome.ABORTED && record.status() == 499)
                            .matches(record ->
                                    record.promptTokens() > 0 && record.cost().signum() > 0)
                            .matches(record ->
                                    midway ? record.completionTokens() >= 20 : record.completionTokens() == 0);
                    assertThat(platform.upstream.countOf(model)).isEqualTo(1);
                });
    }

    @Test
    void aResponseThatTheProviderFailedIsPassedOnAndRecordedAsFailed() throws Exception {
        var failed = Canned.stream(Ingress.RESPONSES.operation).getFirst()
                + "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":1,\"response\":{\"id\":\"resp_1\","
                + "\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\",\"message\":\"Oh no\"}}}\n\n";
        platform.serve("failed-there", (request, response) -> sse(response).end(failed), "p-openai");
        var response = platform.post("/v1/responses", Ingress.RESPONSES.body("failed-there", true));
        assertThat(response.body()).isEqualTo(failed);
        assertThat(usage(response))
                .matches(record -> record.outcome() == Outcome.FAILED && "server_error".equals(record.errorCode()));
    }

    @Test
    void theTrailHoldsEveryAttemptAlsoWhenTheClientLeft() throws Exception {
        var model = "left-on-the-way";
        platform.upstream.script(model, (request, response) -> {
            if (platform.upstream.countOf(model) == 1) {
                response.setStatusCode(500).end("{}");
            }
        });
        platform.serve(new ModelDraft(model).at("p-openai", "p-compatible"));
        try (var socket = platform.rawChat(model, "")) {
            await().until(() -> platform.upstream.countOf(model) == 2);
        }
        var record = platform.usage.ofModel(model, 1).getFirst();
        assertThat(record).matches(left -> left.outcome() == Outcome.ABORTED && left.attempts() == 2);
        assertThat(record.trail()).hasSize(2);
        assertThat(record.trail().getFirst().result()).isEqualTo("status_500");
    }

    @Test
    void whileTheOnlyProviderCoolsDownItIsLeftAloneAndTheClientToldHowLong() throws Exception {
        platform.serve("cools", (request, response) -> refuse(response, 429, "seconds", "120"), "p-openai");
        assertThat(platform.chat("cools", "").statusCode()).isEqualTo(429);
        var response = platform.chat("cools", "");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(platform.upstream.countOf("cools")).isEqualTo(1);
        assertThat(response.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(100L, 120L);
        // The words that Codex reads: a number and s or ms, never minutes.
        assertThat(Ingress.read(response.body()).at("/error/message").asString())
                .containsPattern("try again in \\d+(\\.\\d+)?m?s");
    }
}
