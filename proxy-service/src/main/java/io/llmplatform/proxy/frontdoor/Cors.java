package io.llmplatform.proxy.frontdoor;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/** Lets pages of the configured origins call us. Credentials travel as bearer tokens, never as cookies. */
final class Cors {
    private static final String EXPOSED =
            "x-request-id, x-consistency-token, x-consistency, idempotency-replayed, openai-processing-ms,"
                    + " retry-after, retry-after-ms, x-platform-deployment, x-platform-attempts, x-platform-cost";

    private final Set<String> origins;

    Cors(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** @return whether the request was a preflight and is answered */
    boolean handled(HttpServerRequest request) {
        var origin = request.getHeader("Origin");
        if (origin == null) {
            return false;
        }
        var headers = request.response().headers();
        headers.add("Vary", "Origin");
        boolean allowed = origins.contains("*") || origins.contains(origin);
        if (allowed) {
            headers.set("Access-Control-Allow-Origin", origins.contains("*") ? "*" : origin)
                    .set("Access-Control-Expose-Headers", EXPOSED);
        }
        boolean preflight =
                request.method() == HttpMethod.OPTIONS && request.getHeader("Access-Control-Request-Method") != null;
        if (preflight) {
            if (allowed) {
                headers.set("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE")
                        .set("Access-Control-Max-Age", "600");
                var asked = request.getHeader("Access-Control-Request-Headers");
                if (asked != null) {
                    headers.set("Access-Control-Allow-Headers", asked);
                }
            }
            request.response().setStatusCode(204).end();
        }
        return preflight;
    }
}
