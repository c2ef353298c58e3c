package io.llmplatform.bench.upstream;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One event loop of the fixed upstream. It reads each body to its end before it answers, as a provider does. */
final class FixedUpstream extends VerticleBase {
    private static final CharSequence JSON = "application/json";

    private final int port;
    private final Buffer completion = Wire.completion();
    private final Map<Integer, Buffer[]> streams = new HashMap<>();
    private final Map<String, Optional<Behaviour>> behaviours = new HashMap<>();

    FixedUpstream(int port) {
        this.port = port;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setTcpNoDelay(true)
                        .setHttp2ClearTextEnabled(false))
                .requestHandler(request -> {
                    request.handler(part -> {});
                    request.endHandler(end -> answer(request));
                })
                .listen();
    }

    private void answer(HttpServerRequest request) {
        // The paths of a run are few; the map is not for strangers.
        var behaviour = behaviours.computeIfAbsent(request.path(), Behaviour::of);
        var response = request.response();
        switch (behaviour.orElse(null)) {
            case null -> response.setStatusCode(404).end("no such behaviour: " + request.path());
            case Behaviour.Whole _ -> complete(response);
            case Behaviour.Delayed(int millis) -> vertx.setTimer(Math.max(1, millis), due -> complete(response));
            case Behaviour.Stream(int chunks, int interval) -> stream(response, chunks, interval);
        }
    }

    private void complete(HttpServerResponse response) {
        if (!response.closed()) {
            response.putHeader("content-type", JSON).end(completion);
        }
    }

    private void stream(HttpServerResponse response, int chunks, int interval) {
        response.putHeader("content-type", "text/event-stream; charset=utf-8").setChunked(true);
        new Sending(vertx, response, streams.computeIfAbsent(chunks, Wire::stream), interval).next();
    }
}
