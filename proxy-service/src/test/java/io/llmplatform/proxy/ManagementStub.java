package io.llmplatform.proxy;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Stands where command- and query-service are: tells back what reached it. */
final class ManagementStub implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Integer> ports = new HashMap<>();

    ManagementStub() {
        for (var name : new String[] {"command", "query"}) {
            ports.put(
                    name,
                    vertx.createHttpServer()
                            .requestHandler(request -> request.body().onSuccess(body -> {
                                var headers = new JsonObject();
                                request.headers()
                                        .forEach(header ->
                                                headers.put(header.getKey().toLowerCase(), header.getValue()));
                                request.response()
                                        .setStatusCode(201)
                                        .putHeader("X-Consistency-Token", "42")
                                        .putHeader("Connection", "X-Private")
                                        .putHeader("X-Private", "hop")
                                        .putHeader("Content-Type", "application/json")
                                        .end(new JsonObject()
                                                .put("service", name)
                                                .put("method", request.method().name())
                                                .put("uri", request.uri())
                                                .put("headers", headers)
                                                .put("body", body.toString())
                                                .encode());
                            }))
                            .listen(0, "127.0.0.1")
                            .await()
                            .actualPort());
        }
    }

    String url(String name) {
        return "http://127.0.0.1:" + ports.get(name);
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
