package io.llmplatform.proxy.frontdoor;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.call.Answers;
import io.llmplatform.proxy.call.CallServices;
import io.llmplatform.proxy.call.DataPlane;
import io.llmplatform.proxy.call.ResponseRetrieval;
import io.llmplatform.proxy.call.Sockets;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The paths of the data plane, behind whichever prefix. */
final class Endpoints {
    private static final String MODELS = "/models";
    private static final String RESPONSES = Operation.RESPONSES.path() + "/";
    private static final String CHAT_SOCKET = "/chat/ws";

    private final Vertx vertx;
    private final DataPlane calls;
    private final ModelList models;
    private final ResponseRetrieval responses;
    private final Sockets sockets;

    Endpoints(CallServices services) {
        this.vertx = services.vertx();
        this.calls = new DataPlane(services);
        this.models = new ModelList(services.vertx(), services.config(), services.authenticator(), services.meters());
        this.responses = new ResponseRetrieval(services);
        this.sockets = new Sockets(services);
    }

    /** @param resource behind the prefix */
    void handle(HttpServerRequest request, Arrival arrival, String path, String resource) {
        var operation = Operation.at(resource);
        if (resource.equals(CHAT_SOCKET)) {
            sockets.chat(request, arrival);
        } else if (resource.equals(Operation.REALTIME.path())) {
            sockets.realtime(request, arrival);
        } else if (operation.isPresent()) {
            if (Methods.only(vertx, request, path, resource, HttpMethod.POST)) {
                calls.handle(request, arrival, operation.get());
            }
        } else if (resource.equals(MODELS)) {
            if (Methods.only(vertx, request, path, resource, HttpMethod.GET)) {
                models.list(request, arrival);
            }
        } else if (resource.startsWith(MODELS + "/") && resource.length() > MODELS.length() + 1) {
            if (Methods.only(vertx, request, path, resource, HttpMethod.GET)) {
                models.one(request, arrival, resource.substring(MODELS.length() + 1));
            }
        } else if (resource.startsWith(RESPONSES) && resource.length() > RESPONSES.length()) {
            responses.handle(request, arrival, resource.substring(RESPONSES.length()));
        } else {
            Answers.refuse(
                    vertx,
                    request,
                    resource,
                    ApiError.unknownPath(request.method().name(), path));
        }
    }
}
