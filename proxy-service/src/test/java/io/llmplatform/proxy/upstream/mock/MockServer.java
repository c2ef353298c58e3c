package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.upstream.UpstreamSettings;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;

/** The mock behind a bare HTTP server, without the gateway, so that official SDKs can judge what it says. */
final class MockServer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private final Vertx vertx = Vertx.vertx();
    private final String baseUrl;
    private final int port;

    MockServer(String baseUrl) {
        this.baseUrl = baseUrl;
        port = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    private void answer(HttpServerRequest request, Buffer body) {
        var operation = Operation.at(request.path().substring("/v1".length())).orElseThrow();
        var type = String.valueOf(request.getHeader("Content-Type"));
        boolean form = type.startsWith("multipart/");
        var json = form ? MockJson.object() : MockJson.object(body.getBytes());
        var model = form
                ? MultipartForm.parse(type, body.getBytes()).fields().text("model", "m")
                : json.path("model").asString("m");
        var limits = new UpstreamSettings(LIMIT, LIMIT, LIMIT);
        new MockUpstream(vertx, Clock.systemUTC(), new SplittableRandom(1), limits)
                .call(
                        new Target(
                                model,
                                new ModelEvent.Deployment("d", "p", model, 1, null, null, null, null),
                                new ProviderConfig("p", 1, true, "m", "mock", baseUrl, null, true)),
                        new UpstreamRequest(
                                "r1",
                                operation,
                                body,
                                type,
                                json.path("stream").asBoolean(false),
                                MultiMap.caseInsensitiveMultiMap()),
                        new Relay(request.response().setChunked(true)));
    }

    private record Relay(HttpServerResponse response) implements UpstreamListener {
        @Override
        public void head(int status, MultiMap headers) {
            response.setStatusCode(status).headers().addAll(headers);
        }

        @Override
        public void data(Buffer chunk) {
            response.write(chunk);
        }

        @Override
        public void end() {
            response.end();
        }

        @Override
        public void failed(UpstreamFailure failure) {
            response.reset();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
