package io.llmplatform.proxy.api.stored;

import io.llmplatform.proxy.translate.UntranslatableException;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes requests that build on stored responses stand by themselves, for providers that know of no other request. */
public final class Conversations {
    private static final String PREVIOUS = "previous_response_id";
    private static final int MAX_TURNS = 500;
    private static final int MAX_REFERRED = 100;

    /** Of the files read for one request. */
    private static final long MAX_BYTES = 32L << 20;

    private final ResponseStore store;

    public Conversations(ResponseStore store) {
        this.store = store;
    }

    /**
     * A request ready for translation.
     *
     * @param request with the history in its {@code input}
     * @param own     its input alone, references resolved; what is stored with the answer
     */
    public record Prepared(ObjectNode request, JsonNode own) {}

    /**
     * Fails with {@link UntranslatableException} where an earlier response is not there, is somebody else's or lies with
     * its provider; the message is for the client.
     */
    public Future<Prepared> prepare(ObjectNode request, String userId) {
        var previous = request.path(PREVIOUS).asString(null);
        return own(request.path("input"), userId).compose(own -> {
            var standing = request.deepCopy();
            if (!own.isMissingNode()) {
                standing.set("input", own);
            }
            return previous == null
                    ? Future.succeededFuture(new Prepared(standing, own))
                    : earlier(previous, userId, new ArrayDeque<>(), 0).compose(chain -> expand(chain, standing, own));
        });
    }

    private static Future<Prepared> expand(Deque<StoredResponse.Whole> chain, ObjectNode request, JsonNode own) {
        try {
            return Future.succeededFuture(new Prepared(History.expand(List.copyOf(chain), request), own));
        } catch (UntranslatableException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<JsonNode> own(JsonNode input, String userId) {
        var referred = History.referredTo(input);
        if (referred.isEmpty()) {
            return Future.succeededFuture(input);
        }
        if (referred.size() > MAX_REFERRED) {
            return refuse(
                    "input",
                    "The items come from " + referred.size() + " responses; at most " + MAX_REFERRED + " can be used.");
        }
        if (referred.stream().mapToLong(store::bytes).sum() > MAX_BYTES) {
            return refuse("input", "The responses that items come from are too large.");
        }
        var loads = referred.stream().map(id -> store.get(id, userId)).toList();
        return Future.all(loads).map(loaded -> {
            var wholes = new ArrayList<StoredResponse.Whole>();
            for (var load : loads) {
                if (load.result() instanceof StoredResponse.Whole whole) {
                    wholes.add(whole);
                }
            }
            return History.resolve(input, wholes);
        });
    }

    private Future<Deque<StoredResponse.Whole>> earlier(
            String id, String userId, Deque<StoredResponse.Whole> oldestFirst, long read) {
        long bytes = read + store.bytes(id);
        if (bytes > MAX_BYTES) {
            return refuse(PREVIOUS, "The conversation is longer than " + MAX_BYTES + " bytes.");
        }
        if (oldestFirst.size() == MAX_TURNS) {
            return refuse(PREVIOUS, "The conversation has more than " + MAX_TURNS + " turns.");
        }
        return store.get(id, userId).compose(stored -> next(id, stored, userId, oldestFirst, bytes));
    }

    private Future<Deque<StoredResponse.Whole>> next(
            String id,
            @Nullable StoredResponse stored,
            String userId,
            Deque<StoredResponse.Whole> oldestFirst,
            long bytes) {
        return switch (stored) {
            case StoredResponse.Whole whole -> {
                oldestFirst.addFirst(whole);
                var before = whole.previousId();
                yield before == null
                        ? Future.succeededFuture(oldestFirst)
                        : earlier(before, userId, oldestFirst, bytes);
            }
            case StoredResponse.Pointer pointer ->
                refuse(
                        PREVIOUS,
                        "Response '" + pointer.id() + "' lies with its provider; only the same model can carry it on.");
            case null -> refuse(PREVIOUS, "Previous response with id '" + id + "' not found.");
        };
    }

    private static <T> Future<T> refuse(String param, String why) {
        return Future.failedFuture(new UntranslatableException(param, why));
    }
}
