package io.llmplatform.proxy.api.stored;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A response that its owner may come back to. */
public sealed interface StoredResponse {
    /** Such as {@code resp_01k9…}; see {@link ResponseStore#isId}. */
    String id();

    Owner owner();

    /**
     * One that we hold ourselves.
     *
     * @param response as the client got it
     * @param input    the items of its own request, each with an id; not those of earlier turns
     */
    record Whole(String id, Owner owner, ObjectNode response, ArrayNode input) implements StoredResponse {
        /** @param input of the request alone, see {@link Conversations.Prepared#own} */
        public static Whole of(Owner owner, ObjectNode response, JsonNode input) {
            var id = response.path("id").asString("");
            return new Whole(id, owner, response, InputItems.of(id, input));
        }

        /** The response before it in its conversation. */
        public @Nullable String previousId() {
            return response.path("previous_response_id").asString(null);
        }
    }

    /**
     * One that its provider holds: where to ask for it.
     *
     * @param model the provider's name for it
     */
    record Pointer(String id, Owner owner, String deploymentId, String model) implements StoredResponse {}
}
