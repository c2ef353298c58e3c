package io.llmplatform.proxy.api.messages;

import io.llmplatform.proxy.translate.UntranslatableException;
import java.math.BigDecimal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that is emptied field by field: what is left at the end is what nobody knew to carry over, and is refused.
 * JSON null counts as absent.
 */
public final class Fields {
    private final ObjectNode from;

    /** @param from is emptied */
    public Fields(ObjectNode from) {
        this.from = from;
    }

    public @Nullable JsonNode take(String name) {
        var value = from.remove(name);
        return value == null || value.isNull() ? null : value;
    }

    public @Nullable String text(String name) throws UntranslatableException {
        var value = take(name);
        if (value != null && !value.isString()) {
            throw new UntranslatableException(name, "Expected a string in '" + name + "'.");
        }
        return value == null ? null : value.stringValue();
    }

    public @Nullable BigDecimal number(String name) throws UntranslatableException {
        var value = take(name);
        if (value != null && !value.isNumber()) {
            throw new UntranslatableException(name, "Expected a number in '" + name + "'.");
        }
        return value == null ? null : value.decimalValue();
    }

    public @Nullable Long count(String name) throws UntranslatableException {
        var value = take(name);
        if (value != null && !(value.isIntegralNumber() && value.canConvertToLong())) {
            throw new UntranslatableException(name, "Expected a whole number in '" + name + "'.");
        }
        return value == null ? null : value.longValue();
    }

    public boolean flag(String name) {
        var value = take(name);
        return value != null && value.asBoolean(false);
    }

    public @Nullable ObjectNode object(String name) throws UntranslatableException {
        var value = take(name);
        if (value == null || value instanceof ObjectNode) {
            return (ObjectNode) value;
        }
        throw new UntranslatableException(name, "Expected an object in '" + name + "'.");
    }

    public @Nullable ArrayNode array(String name) throws UntranslatableException {
        var value = take(name);
        if (value == null || value instanceof ArrayNode) {
            return (ArrayNode) value;
        }
        throw new UntranslatableException(name, "Expected an array in '" + name + "'.");
    }

    /** A field that the other side has nothing of: only a value that asks for nothing passes. */
    public void expect(String name, Predicate<JsonNode> asksForNothing, String sentence)
            throws UntranslatableException {
        var value = take(name);
        if (value != null && !asksForNothing.test(value)) {
            throw new UntranslatableException(name, sentence);
        }
    }

    /** Hints whose absence no client can see. */
    public void drop(String... names) {
        for (var name : names) {
            from.remove(name);
        }
    }

    /** @param api whose requests these are, as in "of the … API" */
    public void refuseRest(String api) throws UntranslatableException {
        for (var field : from.properties()) {
            if (!field.getValue().isNull()) {
                throw new UntranslatableException(
                        field.getKey(),
                        "The parameter '" + field.getKey() + "' of the " + api
                                + " API cannot be carried over to the provider of this model.");
            }
        }
    }
}
