package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What goes back.
 *
 * @param parts    made as they are needed, so that a slow stream holds little
 * @param streamed whether each part goes out at its own time
 * @param tokens   how long a whole answer is thought about, and what faults count; at least 1, but 0 for an error
 */
record Reply(int status, MultiMap headers, Iterator<Part> parts, boolean streamed, long tokens) {
    /** @param token whether it takes the time of one; others go out together with the next that does */
    record Part(Buffer bytes, boolean token) {}

    static Reply json(JsonNode tree) {
        return json(MockJson.bytes(tree), 1);
    }

    static Reply json(Buffer json, long tokens) {
        return new Reply(200, headers("application/json"), whole(json), false, Math.max(1, tokens));
    }

    static Reply bytes(String contentType, Buffer bytes) {
        return new Reply(200, headers(contentType), whole(bytes), false, 1);
    }

    static Reply stream(Iterator<Part> parts) {
        return new Reply(200, headers("text/event-stream"), parts, true, 1);
    }

    static Reply error(ApiError error) {
        return new Reply(error.status(), headers("application/json"), whole(Buffer.buffer(error.toJson())), false, 0);
    }

    private static MultiMap headers(String contentType) {
        return HttpHeaders.headers().add("Content-Type", contentType);
    }

    private static Iterator<Part> whole(Buffer bytes) {
        return List.of(new Part(bytes, true)).iterator();
    }
}
