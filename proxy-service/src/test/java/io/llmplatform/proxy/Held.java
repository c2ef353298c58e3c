package io.llmplatform.proxy;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A provider that keeps everybody waiting until it is told to answer; from then on it answers at once. */
final class Held implements ScriptedUpstream.Script {
    private final Queue<HttpServerResponse> waiting = new ConcurrentLinkedQueue<>();
    private volatile String answer;

    @Override
    public synchronized void answer(HttpServerRequest request, HttpServerResponse response) {
        if (answer == null) {
            waiting.add(response);
        } else {
            response.end(answer);
        }
    }

    int waiting() {
        return waiting.size();
    }

    synchronized void release(String withAnswer) {
        answer = withAnswer;
        waiting.forEach(response -> response.end(withAnswer));
        waiting.clear();
    }
}
