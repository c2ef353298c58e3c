package io.llmplatform.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An OpenAI-compatible server that does what a test tells it, by the model's name. */
final class ScriptedUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    interface Script {
        void answer(HttpServerRequest request, HttpServerResponse response);
    }

    /** @param hungUp set when the connection closed before the answer had ended */
    record Call(
            String model, Map<String, String> headers, String body, java.util.concurrent.atomic.AtomicBoolean hungUp) {}

    ScriptedUpstream() {
        port = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void handle(HttpServerRequest request, Buffer body) {
        var model = body.toJsonObject().getString("model");
        var headers = new java.util.TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        var call = new Call(model, headers, body.toString(), new java.util.concurrent.atomic.AtomicBoolean());
        request.response().exceptionHandler(e -> {});
        request.response().closeHandler(closed -> call.hungUp().set(true));
        calls.add(call);
        scripts.get(model).answer(request, request.response());
    }

    void script(String model, Script script) {
        scripts.put("up-" + model, script);
    }

    Call callOf(String model) {
        return calls.stream()
                .filter(call -> call.model().equals("up-" + model))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call of " + model));
    }

    long countOf(String model) {
        return calls.stream().filter(call -> call.model().equals("up-" + model)).count();
    }

    void after(long millis, Runnable then) {
        vertx.setTimer(millis, fired -> then.run());
    }

    String url() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    static HttpServerResponse sse(HttpServerResponse response) {
        return response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    }

    static String chunk(String text) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"x_unknown\":7,"
                + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":null}]}\n\n";
    }

    static final String FINISH =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    static final String USAGE =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\","
                    + "\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":40}}}\n\n";
    static final String DONE = "data: [DONE]\n\n";

    @Override
    public void close() {
        vertx.close().await();
    }
}
