package io.llmplatform.contracts.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a client of one document cannot do any more, or is told otherwise, under another. More than before (operations,
 * fields that may be left out, values in answers) breaks nobody: clients ignore what they do not know.
 *
 * <p>Home-made because the libraries at hand miss much of OpenAPI 3.1, where a type may be a list.
 */
final class BreakingChanges {
    private enum Side {
        REQUEST,
        ANSWER
    }

    private final Document before;
    private final Document after;
    private final List<String> found = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    private BreakingChanges(Document before, Document after) {
        this.before = before;
        this.after = after;
    }

    /** One line each; none when all is compatible. */
    static List<String> between(Document before, Document after) {
        var changes = new BreakingChanges(before, after);
        var operations = after.operations();
        before.operations().forEach((name, was) -> {
            var is = operations.get(name);
            if (is == null) {
                changes.found.add(name + ": removed");
            } else {
                changes.operation(name, was, is);
            }
        });
        return changes.found.stream().distinct().toList();
    }

    private void operation(String name, JsonNode was, JsonNode is) {
        var former = before.parameters(was);
        var parameters = after.parameters(is);
        former.forEach((key, parameter) -> {
            if (!parameters.containsKey(key)) {
                found.add(name + ": parameter " + key + " removed");
            }
        });
        parameters.forEach((key, parameter) -> {
            var earlier = former.get(key);
            if (required(parameter) && (earlier == null || !required(earlier))) {
                found.add(name + ": parameter " + key + " is required now");
            }
            if (earlier != null) {
                schema(name + " " + key, earlier.path("schema"), parameter.path("schema"), Side.REQUEST);
            }
        });
        body(name, before.followed(was.path("requestBody")), after.followed(is.path("requestBody")));
        was.path("responses").forEachEntry((status, answer) -> {
            var now = is.path("responses").get(status);
            if (now == null) {
                found.add(name + ": answer " + status + " removed");
            } else {
                content(name + " " + status, before.followed(answer), after.followed(now), Side.ANSWER);
            }
        });
    }

    private void body(String name, JsonNode was, JsonNode is) {
        if (required(is) && !required(was)) {
            found.add(name + ": a body is required now");
        }
        if (!was.isMissingNode()) {
            content(name + " body", was, is, Side.REQUEST);
        }
    }

    private void content(String place, JsonNode was, JsonNode is, Side side) {
        was.path("content").forEachEntry((type, content) -> {
            var now = is.path("content").get(type);
            if (now == null) {
                found.add(place + ": " + type + " removed");
            } else {
                schema(place, content.path("schema"), now.path("schema"), side);
            }
        });
    }

    private void schema(String place, JsonNode formerNode, JsonNode node, Side side) {
        if (formerNode.isMissingNode() && node.isMissingNode()) {
            return;
        }
        // What two operations share is told once, and what contains itself ends.
        if (formerNode.has("$ref") && !compared.add(side + " " + formerNode + " " + node)) {
            return;
        }
        var was = before.schema(formerNode);
        var is = after.schema(node);
        types(place, was, is, side);
        values(place, was, is, side);
        if (side == Side.REQUEST) {
            bounds(place, was, is);
        }
        fields(place, was, is, side);
        if (was.has("items") && is.has("items")) {
            schema(place + "[]", was.path("items"), is.path("items"), side);
        }
        if (was.path("additionalProperties").isObject()
                && is.path("additionalProperties").isObject()) {
            schema(place + ".*", was.path("additionalProperties"), is.path("additionalProperties"), side);
        }
        for (var word : List.of("oneOf", "anyOf")) {
            choices(place, Document.choices(was, word), Document.choices(is, word), side);
        }
    }

    private void types(String place, JsonNode was, JsonNode is, Side side) {
        var former = Document.types(was);
        var types = Document.types(is);
        var narrower = side == Side.REQUEST ? types : former;
        var wider = side == Side.REQUEST ? former : types;
        boolean fits =
                narrower.isEmpty() || !wider.isEmpty() && wider.stream().allMatch(type -> accepts(narrower, type));
        if (!fits) {
            found.add(place + ": type was " + former + " and is " + types);
        }
    }

    private static boolean accepts(List<String> types, String type) {
        return types.contains(type) || type.equals("integer") && types.contains("number");
    }

    private void values(String place, JsonNode was, JsonNode is, Side side) {
        var former = texts(was.path("enum"));
        var values = texts(is.path("enum"));
        if (former.isEmpty() && !values.isEmpty() && side == Side.REQUEST) {
            found.add(place + ": only " + values + " are taken now");
        } else if (!former.isEmpty() && values.isEmpty() && side == Side.ANSWER) {
            found.add(place + ": was one of " + former + " and may be anything now");
        } else if (!values.isEmpty()) {
            former.stream()
                    .filter(value -> !values.contains(value))
                    .forEach(value -> found.add(place + ": value " + value + " removed"));
        }
    }

    private void bounds(String place, JsonNode was, JsonNode is) {
        for (var least : List.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")) {
            if (is.has(least)
                    && (!was.has(least)
                            || is.get(least)
                                            .decimalValue()
                                            .compareTo(was.get(least).decimalValue())
                                    > 0)
                    && !harmless(least, is)) {
                found.add(place + ": " + least + " was " + was.path(least) + " and is " + is.get(least));
            }
        }
        for (var most : List.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")) {
            if (is.has(most)
                    && (!was.has(most)
                            || is.get(most)
                                            .decimalValue()
                                            .compareTo(was.get(most).decimalValue())
                                    < 0)) {
                found.add(place + ": " + most + " was " + was.path(most) + " and is " + is.get(most));
            }
        }
        for (var word : List.of("pattern", "format")) {
            if (is.has(word) && !is.get(word).equals(was.get(word))) {
                found.add(place + ": " + word + " was " + was.path(word) + " and is " + is.get(word));
            }
        }
    }

    private static boolean harmless(String least, JsonNode is) {
        return least.startsWith("min")
                && !least.equals("minimum")
                && is.get(least).decimalValue().signum() == 0;
    }

    private void fields(String place, JsonNode was, JsonNode is, Side side) {
        var required = texts(is.path("required"));
        var formerRequired = texts(was.path("required"));
        was.path("properties").forEachEntry((name, property) -> {
            var now = is.path("properties").get(name);
            if (now == null) {
                found.add(place + "." + name + ": removed");
            } else {
                schema(place + "." + name, property, now, side);
            }
        });
        if (side == Side.REQUEST) {
            required.stream()
                    .filter(name -> !formerRequired.contains(name))
                    .forEach(name -> found.add(place + "." + name + ": is required now"));
            if (closed(is) && !closed(was) && was.has("properties")) {
                found.add(place + ": other fields are refused now");
            }
        } else {
            formerRequired.stream()
                    .filter(name ->
                            !required.contains(name) && is.path("properties").has(name))
                    .forEach(name -> found.add(place + "." + name + ": may be absent now"));
        }
    }

    private void choices(String place, List<JsonNode> was, List<JsonNode> is, Side side) {
        if (side == Side.REQUEST ? is.size() < was.size() : is.size() > was.size() && !was.isEmpty()) {
            found.add(place + ": " + was.size() + " forms were possible and " + is.size() + " are");
        }
        for (int i = 0; i < Math.min(was.size(), is.size()); i++) {
            schema(place + "(" + (i + 1) + ")", was.get(i), is.get(i), side);
        }
    }

    private static boolean closed(JsonNode schema) {
        return schema.path("additionalProperties").isBoolean()
                && !schema.path("additionalProperties").booleanValue();
    }

    private static boolean required(JsonNode node) {
        return node.path("required").isBoolean() && node.path("required").booleanValue();
    }

    private static Set<String> texts(JsonNode list) {
        return (list.isArray() ? list.valueStream() : Stream.<JsonNode>empty())
                .map(each -> each.asString(each.toString()))
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
