package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.UntranslatableException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of a client's request in the shape they must have; a wrong shape is the client's error and names the field. */
final class Shape {
    static final JsonMapper JSON = ContractJson.mapper();

    private Shape() {}

    /** OpenAI's API treats null as not given. */
    static boolean absent(@Nullable JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode();
    }

    static ObjectNode object(@Nullable JsonNode node, String param) throws UntranslatableException {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new UntranslatableException(param, "Expected an object in '" + param + "'.");
    }

    static ArrayNode array(@Nullable JsonNode node, String param) throws UntranslatableException {
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw new UntranslatableException(param, "Expected an array in '" + param + "'.");
    }

    static String text(@Nullable JsonNode node, String param) throws UntranslatableException {
        if (node != null && node.isString()) {
            return node.stringValue();
        }
        throw new UntranslatableException(param, "Expected a string in '" + param + "'.");
    }

    /** Looks before it converts: a number such as {@code 1e999999999} would be written out for that. */
    static boolean isInt(JsonNode node, int value) {
        return node.isIntegralNumber() && node.canConvertToInt() && node.intValue() == value;
    }

    static UntranslatableException refused(String param, String what) {
        return new UntranslatableException(param, what + " is not available with Gemini models.");
    }
}
