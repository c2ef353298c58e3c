package io.llmplatform.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A provider that does what a test tells it, by the model's name: that one stands in a JSON body, in a form, in the path
 * (Gemini, Azure) or in the query (sockets). A request that names none goes to the script of its path.
 */
final class ScriptedUpstream implements AutoCloseable {
    private static final Pattern IN_PATH = Pattern.compile("/(?:models|deployments)/(up-[^:/?]+)");
    private static final Pattern IN_QUERY = Pattern.compile("[?&](?:model|deployment)=([^&]+)");
    private static final Pattern IN_FORM =
            Pattern.compile("name=\"model\"[^\\n]*\\r\\n(?:[^\\r\\n]+\\r\\n)*\\r\\n([^\\r]*)");

    private final Vertx vertx = Vertx.vertx();
    private final int port;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final Map<String, Consumer<ServerWebSocket>> sockets = new ConcurrentHashMap<>();
    final Queue<Call> calls = new ConcurrentLinkedQueue<>();

    interface Script {
        void answer(HttpServerRequest request, HttpServerResponse response);
    }

    /**
     * @param model  as the provider calls it; the path where there is none
     * @param uri    with the query
     * @param hungUp set when the connection closed before the answer had ended
     */
    record Call(
            String model, String method, String uri, Map<String, String> headers, Buffer bytes, AtomicBoolean hungUp) {
        String body() {
            return bytes.toString();
        }

        JsonObject json() {
            return bytes.toJsonObject();
        }
    }

    ScriptedUpstream() {
        this(0);
    }

    /** @param wantedPort 0 = any free one */
    ScriptedUpstream(int wantedPort) {
        port = vertx.createHttpServer(new HttpServerOptions().setWebSocketSubProtocols(List.of("realtime")))
                .webSocketHandler(this::socket)
                .requestHandler(request -> request.body().onSuccess(body -> handle(request, body)))
                .listen(wantedPort, "127.0.0.1")
                .await()
                .actualPort();
    }

    private void handle(HttpServerRequest request, Buffer body) {
        var model = model(request, body);
        var call = new Call(
                model, request.method().name(), request.uri(), headers(request.headers()), body, new AtomicBoolean());
        request.response().exceptionHandler(e -> {});
        request.response().closeHandler(closed -> call.hungUp().set(true));
        calls.add(call);
        scripts.getOrDefault(
                        model, (asked, response) -> response.setStatusCode(404).end("{}"))
                .answer(request, request.response());
    }

    private void socket(ServerWebSocket socket) {
        var model = found(IN_QUERY, socket.uri());
        calls.add(new Call(
                model, "SOCKET", socket.uri(), headers(socket.headers()), Buffer.buffer(), new AtomicBoolean()));
        sockets.get(model).accept(socket);
    }

    private static Map<String, String> headers(Iterable<Map.Entry<String, String>> from) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        from.forEach(header -> headers.put(header.getKey(), header.getValue()));
        return headers;
    }

    private static String model(HttpServerRequest request, Buffer body) {
        var inPath = found(IN_PATH, request.path());
        var type = request.getHeader("Content-Type");
        if (inPath != null || body.length() == 0) {
            return inPath == null ? request.path() : inPath;
        }
        if (type != null && type.startsWith("multipart/")) {
            // The last one: what comes before may be part of a file.
            return IN_FORM.matcher(body.toString(StandardCharsets.ISO_8859_1))
                    .results()
                    .reduce((first, second) -> second)
                    .map(match -> match.group(1))
                    .orElse(request.path());
        }
        return body.toJsonObject().getString("model", request.path());
    }

    private static String found(Pattern pattern, String in) {
        var matcher = pattern.matcher(in);
        return matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : null;
    }

    void script(String model, Script script) {
        scripts.put("up-" + model, script);
    }

    /** For requests without a model and body. */
    void scriptPath(String path, Script script) {
        scripts.put(path, script);
    }

    void socket(String model, Consumer<ServerWebSocket> script) {
        sockets.put("up-" + model, script);
    }

    Call callOf(String model) {
        return calls.stream()
                .filter(call -> call.model().equals("up-" + model))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no call of " + model));
    }

    /** The last call made for one request of a client. */
    Call callFor(String requestId) {
        return calls.stream()
                .filter(call -> requestId.equals(call.headers().get("X-Request-Id")))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new AssertionError("no call for " + requestId));
    }

    long countOf(String model) {
        return calls.stream().filter(call -> call.model().equals("up-" + model)).count();
    }

    void after(long millis, Runnable then) {
        vertx.setTimer(millis, fired -> then.run());
    }

    int port() {
        return port;
    }

    String origin() {
        return "http://127.0.0.1:" + port;
    }

    String url() {
        return origin() + "/v1";
    }

    static HttpServerResponse sse(HttpServerResponse response) {
        return response.setChunked(true).putHeader("Content-Type", "text/event-stream");
    }

    /** Writes what is given, then breaks the connection. */
    static void breakAfter(HttpServerRequest request, String bytes) {
        sse(request.response()).write(bytes).onComplete(sent -> request.connection()
                .close());
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
