package io.llmplatform.proxy.api.stored;

import io.llmplatform.proxy.api.responses.ItemIds;
import io.llmplatform.proxy.api.responses.ResponsesToChat;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What earlier responses mean for a new request. Pure functions. */
final class History {
    static final int MAX_ITEMS = 10_000;

    private History() {}

    /**
     * The request with everything said before its own input. Instructions of earlier turns do not carry over.
     *
     * @param chain oldest first, the request's {@code previous_response_id} last
     */
    static ObjectNode expand(List<StoredResponse.Whole> chain, ObjectNode request) throws UntranslatableException {
        var input = JsonNodeFactory.instance.arrayNode();
        for (var earlier : chain) {
            input.addAll(earlier.input());
            earlier.response().path("output").forEach(input::add);
        }
        var own = request.path("input");
        if (own.isString()) {
            input.addObject().put("type", "message").put("role", "user").set("content", own);
        } else {
            own.forEach(input::add);
        }
        if (input.size() > MAX_ITEMS) {
            throw new UntranslatableException(
                    "previous_response_id",
                    "The conversation has " + input.size() + " items; at most " + MAX_ITEMS + " can be carried on.");
        }
        var out = request.deepCopy();
        var previous = out.remove("previous_response_id");
        if (previous != null) {
            out.set(ResponsesToChat.RESOLVED, previous);
        }
        out.set("input", input.deepCopy());
        return out;
    }

    /** The responses that the items a request refers to belong to. */
    static Set<String> referredTo(JsonNode input) {
        var out = new LinkedHashSet<String>();
        for (var item : input) {
            var id = referenceOf(item);
            var response = id == null ? null : ItemIds.responseOf(id);
            if (response != null && ResponseStore.isId(response)) {
                out.add(response);
            }
        }
        return out;
    }

    /** The items themselves in place of references; one that leads nowhere stays, and is refused later. */
    static ArrayNode resolve(JsonNode input, Collection<StoredResponse.Whole> stored) {
        var out = JsonNodeFactory.instance.arrayNode();
        for (var item : input) {
            var id = referenceOf(item);
            var found = id == null ? null : find(id, stored);
            out.add(found == null ? item : found.deepCopy());
        }
        return out;
    }

    private static @Nullable JsonNode find(String id, Collection<StoredResponse.Whole> stored) {
        for (var whole : stored) {
            for (var items : List.of(whole.response().path("output"), whole.input())) {
                for (var item : items) {
                    if (id.equals(item.path("id").asString(null))) {
                        return item;
                    }
                }
            }
        }
        return null;
    }

    /** An item may be referred to by nothing but its id. */
    private static @Nullable String referenceOf(JsonNode item) {
        var type = item.path("type");
        boolean reference = type.isString() ? type.stringValue().equals("item_reference") : !item.has("role");
        return reference ? item.path("id").asString(null) : null;
    }
}
