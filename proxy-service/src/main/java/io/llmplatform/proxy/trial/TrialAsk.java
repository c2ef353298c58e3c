package io.llmplatform.proxy.trial;

import io.llmplatform.contracts.json.ContractJson;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The body of a request to try something: nothing, or an object with at most one known field. */
final class TrialAsk {
    private static final int LONGEST = 200;

    private TrialAsk() {}

    /** What was wrong with a body. */
    static final class InvalidException extends Exception {
        InvalidException(String message) {
            super(message, null, false, false);
        }
    }

    /** @throws InvalidException when the body is anything else than an object with that text in it, or nothing */
    static @Nullable String text(byte[] body, String field) throws InvalidException {
        if (body.length == 0) {
            return null;
        }
        JsonNode root;
        try {
            root = ContractJson.mapper().readTree(body);
        } catch (JacksonException e) {
            throw new InvalidException("the body is no JSON");
        }
        if (!root.isObject()) {
            throw new InvalidException("the body must be a JSON object");
        }
        for (var name : root.propertyNames()) {
            if (!Set.of(field).contains(name)) {
                throw new InvalidException("unknown property; known is " + field);
            }
        }
        var value = root.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()
                || value.stringValue().isBlank()
                || value.stringValue().length() > LONGEST
                || value.stringValue().chars().anyMatch(Character::isISOControl)) {
            throw new InvalidException(field + ": expected 1 to " + LONGEST + " characters");
        }
        return value.stringValue();
    }
}
