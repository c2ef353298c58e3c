package io.llmplatform.proxy.api.stored;

import io.llmplatform.contracts.json.ContractJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a file holds. */
final class StoredJson {
    private StoredJson() {}

    static byte[] write(StoredResponse stored) {
        var out = JsonNodeFactory.instance
                .objectNode()
                .put("v", 1)
                .put("id", stored.id())
                .put("user_id", stored.owner().userId())
                .put("api_key_id", stored.owner().apiKeyId());
        switch (stored) {
            case StoredResponse.Whole whole -> {
                out.set("response", whole.response());
                out.set("input", whole.input());
            }
            case StoredResponse.Pointer pointer ->
                out.put("deployment_id", pointer.deploymentId()).put("model", pointer.model());
        }
        return ContractJson.mapper().writeValueAsBytes(out);
    }

    /** Null where it is no file of ours, such as one a power failure left empty. */
    static @Nullable StoredResponse read(byte[] json) {
        try {
            var tree = ContractJson.mapper().readTree(json);
            return tree == null
                            || !tree.path("id").isString()
                            || !tree.path("user_id").isString()
                    ? null
                    : stored(tree);
        } catch (JacksonException e) {
            return null;
        }
    }

    private static @Nullable StoredResponse stored(JsonNode tree) {
        var id = tree.get("id").stringValue();
        var owner = new Owner(
                tree.get("user_id").stringValue(), tree.path("api_key_id").asString(null));
        if (tree.path("deployment_id").isString() && tree.path("model").isString()) {
            return new StoredResponse.Pointer(
                    id,
                    owner,
                    tree.get("deployment_id").stringValue(),
                    tree.get("model").stringValue());
        }
        return tree.path("response") instanceof ObjectNode response && tree.path("input") instanceof ArrayNode input
                ? new StoredResponse.Whole(id, owner, response, input)
                : null;
    }
}
