package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.contracts.json.ContractJson;
import io.vertx.core.buffer.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the mock reads and writes JSON. */
final class MockJson {
    /** Takes numbers of any size, as a real provider's reader would: {@code 1e999} must not end in an exception. */
    private static final JsonMapper MAPPER = ContractJson.mapper()
            .rebuild()
            .disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private MockJson() {}

    /** @throws MockRefusal when it is no JSON object */
    static ObjectNode object(byte[] json) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw new MockRefusal(null, "The body cannot be read as JSON.");
        }
        throw new MockRefusal(null, "Expected a JSON object as the body.");
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    static String text(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    static Buffer bytes(JsonNode tree) {
        return Buffer.buffer(MAPPER.writeValueAsBytes(tree));
    }

    /** As one event of a stream. */
    static Buffer event(JsonNode tree) {
        return Buffer.buffer("data: ").appendBuffer(bytes(tree)).appendString("\n\n");
    }
}
