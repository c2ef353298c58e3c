package io.llmplatform.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmplatform.proxy.api.Operation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client sees the same whatever packets the provider's bytes come in, also when a character is cut in two. */
class ChunksIT {
    private static final int CALLERS = 8;
    private static Platform platform;

    /** @param spoken by the provider */
    record Path(Ingress ingress, String provider, Operation spoken) {
        boolean isNative() {
            return ingress.operation == spoken;
        }

        String model(String test) {
            return test + "-" + ingress.operation.wire() + "-" + provider;
        }
    }

    static Stream<Path> paths() {
        return Stream.of(
                new Path(Ingress.CHAT, "p-openai", Operation.CHAT),
                new Path(Ingress.CHAT, "p-anthropic", Operation.MESSAGES),
                new Path(Ingress.MESSAGES, "p-anthropic", Operation.MESSAGES),
                new Path(Ingress.MESSAGES, "p-gemini", Operation.GEMINI_CONTENT),
                new Path(Ingress.RESPONSES, "p-openai", Operation.RESPONSES),
                new Path(Ingress.RESPONSES, "p-compatible", Operation.CHAT));
    }

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.shared();
    }

    private static HttpResponse<String> ask(Path path, String model) throws Exception {
        return platform.post(path.ingress().path(), path.ingress().body(model, true));
    }

    /** Without what differs from one request to the next. */
    private static String same(HttpResponse<String> response) {
        return response.body()
                .replace(Platform.requestId(response).substring("req_".length()), "ID")
                .replaceAll("\"(created|created_at|completed_at)\":\\d+", "\"$1\":0");
    }

    private static String whole(Path path) throws Exception {
        var model = path.model("uncut");
        var bytes = Canned.joined(path.spoken());
        platform.serve(
                model, (request, response) -> ScriptedUpstream.sse(response).end(bytes), path.provider());
        var response = ask(path, model);
        assertThat(path.ingress().text(response.body(), true)).isEqualTo(Canned.TEXT);
        if (path.isNative()) {
            assertThat(response.body()).isEqualTo(bytes.replace(ScriptedUpstream.USAGE, ""));
        }
        return same(response).replace(model, "MODEL");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void byteByByte(Path path) throws Exception {
        var expected = whole(path);
        var model = path.model("bytes");
        var bytes = Buffer.buffer(Canned.joined(path.spoken()));
        platform.serve(
                model,
                (request, response) -> {
                    ScriptedUpstream.sse(response);
                    for (int at = 0; at < bytes.length(); at++) {
                        response.write(bytes.slice(at, at + 1));
                    }
                    response.end();
                },
                path.provider());
        assertThat(same(ask(path, model)).replace(model, "MODEL")).isEqualTo(expected);
    }

    /** Two packets, cut everywhere from the first text on. */
    @ParameterizedTest
    @MethodSource("paths")
    void cutAnywhere(Path path) throws Exception {
        var expected = whole(path);
        var model = path.model("cut");
        var bytes = Buffer.buffer(Canned.joined(path.spoken()));
        int from = Buffer.buffer(Canned.begun(path.spoken())).length() - 40;
        int to = Math.min(bytes.length(), from + 240);
        var next = new AtomicInteger(from);
        platform.serve(model, (request, response) -> cut(bytes, next.getAndIncrement(), response), path.provider());
        InParallel.times(CALLERS, () -> {
            while (next.get() < to) {
                assertThat(same(ask(path, model)).replace(model, "MODEL")).isEqualTo(expected);
            }
            return null;
        });
        assertThat(next.get()).isGreaterThanOrEqualTo(to);
    }

    private static void cut(Buffer bytes, int at, HttpServerResponse response) {
        int cut = Math.min(at, bytes.length() - 1);
        ScriptedUpstream.sse(response)
                .write(bytes.slice(0, cut))
                .onComplete(sent -> platform.upstream.after(1, () -> response.end(bytes.slice(cut, bytes.length()))));
    }
}
