package io.llmplatform.proxy.api.stored;

import io.llmplatform.contracts.json.ContractJson;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Responses to store. */
final class Stored {
    static final Owner ANNA = new Owner("usr_anna", "key_1");

    private Stored() {}

    static ObjectNode json(String json) {
        return (ObjectNode) ContractJson.mapper().readTree(json);
    }

    static ArrayNode array(String json) {
        return (ArrayNode) ContractJson.mapper().readTree(json);
    }

    /** The user said {@code question}, the answer was {@code answer}. */
    static StoredResponse.Whole turn(String tail, String previous, String question, String answer) {
        var response = json(
                "{\"id\":\"resp_%s\",\"instructions\":\"old\",\"output\":[{\"id\":\"msg_%s_0\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"%s\"}]}]}"
                        .formatted(tail, tail, answer));
        response.put("previous_response_id", previous);
        return StoredResponse.Whole.of(
                ANNA, response, json("{\"i\":\"" + question + "\"}").get("i"));
    }
}
