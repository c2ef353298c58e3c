package io.llmplatform.proxy.upstream.mock;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request's parameters, checked as they are read; a form's are all strings. Null is the same as absent. */
record Params(ObjectNode root) {
    boolean has(String name) {
        return root.hasNonNull(name);
    }

    JsonNode at(String name) {
        return root.path(name);
    }

    /** @throws MockRefusal when it is absent or no text with at least one character */
    String text(String name) {
        var text = text(name, "");
        if (text.isEmpty()) {
            throw new MockRefusal(name, "Expected a text that is not empty as `" + name + "`.");
        }
        return text;
    }

    String text(String name, String otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!at(name).isString()) {
            throw new MockRefusal(name, "Expected a text as `" + name + "`.");
        }
        return at(name).stringValue();
    }

    String oneOf(String name, String otherwise, List<String> allowed) {
        var value = text(name, otherwise);
        if (!allowed.contains(value)) {
            throw new MockRefusal(name, "Expected one of " + String.join(", ", allowed) + " as `" + name + "`.");
        }
        return value;
    }

    int integer(String name, int min, int max, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        var value = at(name);
        int number = value.isIntegralNumber() && value.canConvertToInt()
                ? value.intValue()
                : value.isString() && value.stringValue().matches("\\d{1,9}")
                        ? Integer.parseInt(value.stringValue())
                        : Integer.MIN_VALUE;
        if (number < min || number > max) {
            throw new MockRefusal(name, "Expected an integer from " + min + " to " + max + " as `" + name + "`.");
        }
        return number;
    }

    boolean flag(String name) {
        return at(name).asString("").equals("true");
    }

    /** @throws MockRefusal when any of them is there, since the mock could only pretend to heed it */
    void without(String... names) {
        for (var name : names) {
            if (has(name) && !at(name).asString("").equals("false")) {
                throw new MockRefusal(name, "The mock does not speak `" + name + "`.");
            }
        }
    }
}
