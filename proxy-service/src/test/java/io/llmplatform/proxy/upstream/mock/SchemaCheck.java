package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Whether a value keeps to a schema, for the keywords that the mock heeds; written apart from what makes the value. */
final class SchemaCheck {
    private final JsonNode root;

    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    static void assertAccepts(JsonNode schema, JsonNode value) {
        assertThat(new SchemaCheck(schema).accepts(schema, value))
                .as("%s keeps to %s", value, schema)
                .isTrue();
    }

    private boolean accepts(JsonNode schema, JsonNode value) {
        if (!schema.isObject()) {
            return !schema.isBoolean() || schema.booleanValue();
        }
        var ref = schema.path("$ref");
        return (!ref.isString() || accepts(root.at(ref.stringValue().substring(1)), value))
                && (!schema.has("const") || schema.get("const").equals(value))
                && (!schema.has("enum") || any(schema.get("enum"), value::equals))
                && (!schema.has("anyOf") || any(schema.get("anyOf"), branch -> accepts(branch, value)))
                && (!schema.has("oneOf") || any(schema.get("oneOf"), branch -> accepts(branch, value)))
                && (!schema.has("allOf") || !any(schema.get("allOf"), branch -> !accepts(branch, value)))
                && (!schema.has("type") || typed(schema, value))
                && (!value.isNumber() || number(schema, value.doubleValue()))
                && (!value.isString()
                        || length(
                                schema,
                                "Length",
                                value.stringValue()
                                        .codePointCount(0, value.stringValue().length())))
                && (!value.isArray() || array(schema, value))
                && (!value.isObject() || object(schema, value));
    }

    private static boolean typed(JsonNode schema, JsonNode value) {
        var type = schema.get("type");
        return (schema.path("nullable").asBoolean(false) && value.isNull())
                || (type.isString()
                        ? typed(type.stringValue(), value)
                        : any(type, one -> typed(one.stringValue(), value)));
    }

    private static boolean typed(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isString();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> false;
        };
    }

    private static boolean number(JsonNode schema, double value) {
        double low = schema.path("minimum").asDouble(-1e300);
        double high = schema.path("maximum").asDouble(1e300);
        var above = schema.path("exclusiveMinimum");
        var below = schema.path("exclusiveMaximum");
        return value >= low
                && value <= high
                && !(above.isBoolean() && value == low)
                && !(below.isBoolean() && value == high)
                && (!above.isNumber() || value > above.doubleValue())
                && (!below.isNumber() || value < below.doubleValue())
                && (!schema.has("multipleOf")
                        || value % schema.get("multipleOf").doubleValue() == 0);
    }

    private static boolean length(JsonNode schema, String of, int length) {
        return length >= schema.path("min" + of).asInt(0)
                && length <= schema.path("max" + of).asInt(Integer.MAX_VALUE);
    }

    private boolean array(JsonNode schema, JsonNode value) {
        var first = schema.path("prefixItems");
        for (int i = 0; i < value.size(); i++) {
            if (!accepts(i < first.size() ? first.get(i) : schema.path("items"), value.get(i))) {
                return false;
            }
        }
        boolean unique =
                StreamSupport.stream(value.spliterator(), false).distinct().count() == value.size();
        return length(schema, "Items", value.size())
                && (unique || !schema.path("uniqueItems").asBoolean(false));
    }

    private boolean object(JsonNode schema, JsonNode value) {
        var properties = schema.path("properties");
        return !any(schema.path("required"), name -> !value.has(name.stringValue()))
                && value.properties().stream()
                        .allMatch(property -> accepts(
                                properties.has(property.getKey())
                                        ? properties.get(property.getKey())
                                        : schema.path("additionalProperties"),
                                property.getValue()));
    }

    private static boolean any(JsonNode all, java.util.function.Predicate<JsonNode> test) {
        return StreamSupport.stream(all.spliterator(), false).anyMatch(test);
    }
}
