package io.llmplatform.proxy.call;

import io.llmplatform.contracts.config.ConfigRecord;
import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.api.stored.InputItems;
import io.llmplatform.proxy.api.stored.StoredResponse;
import io.llmplatform.proxy.auth.AuthResult.Accepted;
import io.llmplatform.proxy.auth.AuthResult.Refused;
import io.llmplatform.proxy.auth.Caller;
import io.llmplatform.proxy.auth.KeyRules;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.upstream.UpstreamErrors;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.wire.ApiError;
import io.llmplatform.proxy.wire.Arrival;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET} and {@code DELETE /v1/responses/{id}}, {@code GET …/input_items}, {@code POST …/cancel}. */
public final class ResponseRetrieval {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseRetrieval.class);
    private static final String INPUT_ITEMS = "input_items";
    private static final String CANCEL = "cancel";

    private final CallServices services;

    public ResponseRetrieval(CallServices services) {
        this.services = services;
    }

    /** @param resource behind {@code /responses/} */
    public void handle(HttpServerRequest request, Arrival arrival, String resource) {
        var client = new HttpClientSide(services.vertx(), request, arrival, false);
        var parts = resource.split("/", 3);
        var below = parts.length > 1 ? parts[1] : "";
        var expected =
                switch (below) {
                    case "" -> request.method() == HttpMethod.DELETE ? HttpMethod.DELETE : HttpMethod.GET;
                    case INPUT_ITEMS -> HttpMethod.GET;
                    case CANCEL -> HttpMethod.POST;
                    default -> null;
                };
        if (expected == null || parts.length > 2) {
            client.error(ApiError.unknownPath(request.method().name(), request.path()));
        } else if (request.method() != expected) {
            client.header("Allow", expected.name());
            client.error(ApiError.wrongMethod(request.method().name(), request.path(), expected.name()));
        } else {
            var starting = Refusals.starting(services, client);
            if (starting == null && !services.inFlight().tryEnter()) {
                services.meters().shed();
                Refusals.overloaded(client);
            } else if (starting == null) {
                arrival.departure().then(services.inFlight()::leave);
                authenticated(request, client, arrival, new Wanted(parts[0], below, expected));
            } else {
                client.error(starting);
            }
        }
    }

    /** @param below nothing, {@code input_items} or {@code cancel} */
    private record Wanted(String id, String below, HttpMethod method) {}

    private void authenticated(HttpServerRequest request, ClientSide client, Arrival arrival, Wanted wanted) {
        services.authenticator()
                .authenticate(request.headers(), services.vertx())
                .onComplete(
                        result -> {
                            switch (result) {
                                case Accepted(Caller caller) -> {
                                    var refusal = KeyRules.check(caller, Operation.RESPONSES.wire(), arrival.ip());
                                    if (refusal == null) {
                                        find(request, client, caller, wanted);
                                    } else {
                                        client.error(refusal);
                                    }
                                }
                                case Refused(var reason, var identified) -> {
                                    services.meters()
                                            .unauthenticated(reason.name().toLowerCase(Locale.ROOT));
                                    client.error(ApiError.invalidApiKey(reason.message()));
                                }
                            }
                        },
                        e -> client.error(ApiError.internal()));
    }

    private void find(HttpServerRequest request, ClientSide client, Caller caller, Wanted wanted) {
        services.responses()
                .get(wanted.id(), caller.ownerId())
                .onComplete(
                        stored -> {
                            switch (stored) {
                                case StoredResponse.Whole whole -> ours(request, client, caller, wanted, whole);
                                case StoredResponse.Pointer pointer -> theirs(request, client, caller, wanted, pointer);
                                case null -> notFound(client, wanted);
                            }
                        },
                        e -> {
                            LOG.error("a stored response cannot be read", e);
                            client.error(ApiError.internal());
                        });
    }

    private static void notFound(ClientSide client, Wanted wanted) {
        client.error(ApiError.notFound("not_found", "Response with id '" + wanted.id() + "' not found."));
    }

    private void ours(
            HttpServerRequest request, ClientSide client, Caller caller, Wanted wanted, StoredResponse.Whole whole) {
        if (wanted.below().equals(CANCEL)) {
            client.error(ApiError.invalid(null, "Only responses made in the background can be cancelled."));
        } else if (wanted.below().equals(INPUT_ITEMS)) {
            try {
                json(
                        client,
                        InputItems.list(whole, request.getParam("after"), limit(request), request.getParam("order")));
            } catch (IllegalArgumentException e) {
                client.error(ApiError.invalid(null, String.valueOf(e.getMessage())));
            }
        } else if (wanted.method() == HttpMethod.DELETE) {
            deleted(client, caller, wanted);
        } else {
            json(client, whole.response());
        }
    }

    private void deleted(ClientSide client, Caller caller, Wanted wanted) {
        services.responses()
                .delete(wanted.id(), caller.ownerId())
                .onComplete(
                        done -> {
                            if (done) {
                                json(client, InputItems.deleted(wanted.id()));
                            } else {
                                notFound(client, wanted);
                            }
                        },
                        e -> client.error(ApiError.internal()));
    }

    /** It lies with its provider: the same question goes there. */
    private void theirs(
            HttpServerRequest request,
            ClientSide client,
            Caller caller,
            Wanted wanted,
            StoredResponse.Pointer pointer) {
        var target = target(caller, pointer);
        if (target == null) {
            notFound(client, wanted);
            return;
        }
        if ("true".equals(request.getParam("stream"))) {
            client.error(ApiError.unsupported("stream", "A stored response is retrieved whole, not as a stream."));
            return;
        }
        try {
            ask(request, client, caller, wanted, target);
        } catch (RuntimeException e) {
            LOG.warn(
                    "a provider that keeps a response cannot be asked: {}",
                    e.getClass().getName());
            client.error(Attempt.error(UpstreamFailure.UNREACHABLE));
        }
    }

    private void ask(HttpServerRequest request, ClientSide client, Caller caller, Wanted wanted, Target target) {
        var below = '/' + wanted.id() + (wanted.below().isEmpty() ? "" : '/' + wanted.below());
        services.direct()
                .ask(target, Operation.RESPONSES, wanted.method(), below, request.query())
                .onComplete(
                        answer -> {
                            if (answer.status() >= 400) {
                                client.error(UpstreamErrors.of(
                                        answer.status(), answer.body().getBytes(), target.provider()));
                                return;
                            }
                            client.whole(answer.status(), "application/json", answer.body());
                            if (wanted.method() == HttpMethod.DELETE) {
                                services.responses().delete(wanted.id(), caller.ownerId());
                            }
                        },
                        e -> client.error(Attempt.error(UpstreamFailure.UNREACHABLE)));
    }

    private @Nullable Target target(Caller caller, StoredResponse.Pointer pointer) {
        var config = services.config().current();
        for (ConfigRecord.Model model : config.models()) {
            for (ModelEvent.Deployment deployment : model.deployments()) {
                var provider = config.provider(deployment.providerId());
                boolean found = deployment.id().equals(pointer.deploymentId());
                boolean open = model.active() && caller.mayCall(model.name());
                if (found && open && provider != null && provider.active() && provider.usable()) {
                    return new Target(model.name(), deployment, provider);
                }
            }
        }
        return null;
    }

    private static @Nullable Integer limit(HttpServerRequest request) {
        var given = request.getParam("limit");
        if (given == null) {
            return null;
        }
        try {
            return Integer.valueOf(given);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'limit' must be a number.", e);
        }
    }

    private static void json(ClientSide client, ObjectNode tree) {
        client.whole(
                200, "application/json", Buffer.buffer(ContractJson.mapper().writeValueAsBytes(tree)));
    }
}
