package io.llmplatform.proxy.frontdoor;

import io.llmplatform.proxy.call.Answers;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Which methods a path takes. */
final class Methods {
    private Methods() {}

    /**
     * Answers 405 itself when it is another one. HEAD counts as GET.
     *
     * @param resource behind the data plane's prefix, the path itself elsewhere: tells whose error envelope it is
     */
    static boolean only(Vertx vertx, HttpServerRequest request, String path, String resource, HttpMethod allowed) {
        if (request.method() == allowed || (allowed == HttpMethod.GET && isRead(request))) {
            return true;
        }
        request.response().putHeader("Allow", allowed.name());
        var error = ApiError.wrongMethod(request.method().name(), path, allowed.name());
        Answers.refuse(vertx, request, resource, error);
        return false;
    }

    static boolean isRead(HttpServerRequest request) {
        return request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
    }
}
