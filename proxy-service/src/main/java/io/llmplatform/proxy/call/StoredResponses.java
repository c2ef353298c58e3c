package io.llmplatform.proxy.call;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.api.stored.Conversations;
import io.llmplatform.proxy.api.stored.Owner;
import io.llmplatform.proxy.api.stored.StoredResponse;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.stream.SseEvent;
import io.llmplatform.proxy.translate.UntranslatableException;
import io.llmplatform.proxy.wire.ApiError;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The memory of the Responses API. What a provider keeps itself is asked for again at the deployment that made it; what we
 * translated is kept here, and put in front of a request that builds on it. Nobody can build on another user's responses;
 * single items that a provider keeps go by their unguessable ids, which it alone knows.
 */
final class StoredResponses {
    private static final Logger LOG = LoggerFactory.getLogger(StoredResponses.class);
    private static final String REFERENCE = "item_reference";

    private final CallServices services;
    private final Conversations conversations;

    StoredResponses(CallServices services) {
        this.services = services;
        this.conversations = new Conversations(services.responses());
    }

    /** What became of a request's references to earlier ones. */
    sealed interface History {}

    /**
     * @param own    the request's own input; absent when it stands in {@code asked} as it was sent
     * @param pinned id of the only deployment that can serve it
     */
    record Ready(
            ApiRequest asked,
            @Nullable JsonNode own,
            @Nullable String pinned) implements History {
        /** Whether it may go there: what was spelled out for a translation is no request for a provider that speaks the API. */
        boolean mayGo(Target target, boolean asItIs) {
            return (pinned == null || pinned.equals(target.deploymentId())) && (own == null || !asItIs);
        }
    }

    record Missing(ApiError error) implements History {}

    Future<History> resolve(CallLedger ledger, ApiRequest asked) {
        var previous = asked.steering().previousResponseId();
        if (asked.operation() != Operation.RESPONSES || (previous == null && !refers(asked))) {
            return Future.succeededFuture(new Ready(asked, null, null));
        }
        var userId = ledger.caller().ownerId();
        if (previous == null) {
            return spelledOut(asked, userId);
        }
        return services.responses().get(previous, userId).compose(stored -> switch (stored) {
            case StoredResponse.Pointer pointer ->
                Future.succeededFuture(new Ready(asked, null, pointer.deploymentId()));
            case StoredResponse.Whole whole -> spelledOut(asked, userId);
            case null ->
                Future.succeededFuture(new Missing(new ApiError(
                        400,
                        "invalid_request_error",
                        "previous_response_not_found",
                        "previous_response_id",
                        "Previous response with id '" + previous + "' not found.")));
        });
    }

    private Future<History> spelledOut(ApiRequest asked, String userId) {
        return conversations
                .prepare(asked.tree(asked.model()), userId)
                .<History>map(prepared -> new Ready(asked.with(prepared.request()), prepared.own(), null))
                .recover(e -> e instanceof UntranslatableException no
                        ? Future.succeededFuture(new Missing(refusal(no)))
                        : Future.failedFuture(e));
    }

    private static ApiError refusal(UntranslatableException no) {
        var message = no.getMessage();
        return message.endsWith("not found.")
                ? new ApiError(400, "invalid_request_error", "previous_response_not_found", no.param(), message)
                : ApiError.unsupported(no.param(), message);
    }

    private static boolean refers(ApiRequest asked) {
        return new String(asked.body(), StandardCharsets.ISO_8859_1).contains(REFERENCE);
    }

    /** Keeps the response for its user, where that was not refused. */
    Keep keep(Ready ready) {
        return ready.asked().operation() == Operation.RESPONSES
                        && ready.asked().steering().store()
                ? new Storing(ready)
                : Keep.NOTHING;
    }

    private final class Storing implements Keep {
        private final Ready ready;
        private byte @Nullable [] last;
        private boolean event;

        Storing(Ready ready) {
            this.ready = ready;
        }

        @Override
        public void event(SseEvent passed) {
            last = passed.data();
            event = true;
        }

        @Override
        public void whole(byte[] answer) {
            last = answer;
        }

        /** The client hears the end only when its response can be asked for again. */
        @Override
        public Future<Void> completed(CallLedger ledger) {
            var stored = stored(ledger);
            return stored == null
                    ? Future.succeededFuture()
                    : services.responses().put(stored).otherwise(e -> {
                        LOG.warn(
                                "{}: the response is not kept: {}",
                                ledger.arrival().requestId(),
                                e.getMessage());
                        return null;
                    });
        }

        private @Nullable StoredResponse stored(CallLedger ledger) {
            var target = ledger.target();
            if (last == null || target == null || !(response() instanceof ObjectNode response)) {
                return null;
            }
            var caller = ledger.caller();
            var owner = new Owner(caller.ownerId(), caller.apiKeyId());
            boolean elsewhere = services.providers()
                    .plan(target.provider().type(), Operation.RESPONSES)
                    .orElseThrow()
                    .isNative();
            if (elsewhere) {
                var id = response.path("id").asString("");
                return new StoredResponse.Pointer(id, owner, target.deploymentId(), target.upstreamModel());
            }
            var own = ready.own();
            var input = own == null ? ready.asked().tree(ready.asked().model()).path("input") : own;
            return StoredResponse.Whole.of(owner, response, input == null ? MissingNode.getInstance() : input);
        }

        private @Nullable JsonNode response() {
            try {
                var tree = ContractJson.mapper().readTree(last);
                return event ? tree.get("response") : tree;
            } catch (JacksonException e) {
                return null;
            }
        }
    }
}
