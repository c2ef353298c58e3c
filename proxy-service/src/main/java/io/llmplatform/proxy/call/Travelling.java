package io.llmplatform.proxy.call;

import io.llmplatform.proxy.wire.TraceContext;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The headers of a client that go on to the provider. */
final class Travelling {
    private Travelling() {}

    /** @param random mints the id of the call that goes out */
    static MultiMap headers(MultiMap from, TraceContext trace, RandomGenerator random) {
        var out = HttpHeaders.headers();
        for (var header : from) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.equals("openai-beta") || name.startsWith("anthropic-")) {
                out.add(name, header.getValue());
            }
        }
        var next = trace.next(random);
        out.set(TraceContext.TRACEPARENT, next.traceparent());
        if (next.tracestate() != null) {
            out.set(TraceContext.TRACESTATE, next.tracestate());
        }
        return out;
    }
}
