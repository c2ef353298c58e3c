package io.llmplatform.contracts.openapi;

import io.llmplatform.contracts.json.ContractJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An OpenAPI 3.1 document whose references are followed as one goes. */
record Document(JsonNode root) {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    static Document of(String yaml) {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(10_000);
        return new Document(ContractJson.mapper().valueToTree(new Yaml(options).load(yaml)));
    }

    /** By method and path, such as {@code POST /users}. */
    Map<String, JsonNode> operations() {
        var operations = new LinkedHashMap<String, JsonNode>();
        root.path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, operation) -> {
                    if (METHODS.contains(method)) {
                        operations.put(method.toUpperCase(Locale.ROOT) + " " + path, withShared(operation, item));
                    }
                }));
        return operations;
    }

    private static JsonNode withShared(JsonNode operation, JsonNode item) {
        var all = (ObjectNode) operation.deepCopy();
        all.withArray("parameters").addAll((ArrayNode)
                item.path("parameters").asArrayOpt().orElseGet(ContractJson.mapper()::createArrayNode));
        return all;
    }

    /** By place and name, such as {@code query limit}. */
    Map<String, JsonNode> parameters(JsonNode operation) {
        var parameters = new LinkedHashMap<String, JsonNode>();
        operation.path("parameters").forEach(each -> {
            var parameter = followed(each);
            parameters.put(
                    parameter.path("in").asString("") + " "
                            + parameter.path("name").asString(""),
                    parameter);
        });
        return parameters;
    }

    /** What the node says, with what it refers to; its own words go before. */
    JsonNode followed(JsonNode node) {
        var reference = node.path("$ref").asString("");
        if (reference.isEmpty()) {
            return node;
        }
        var target = root.at(reference.substring(1));
        if (!(target instanceof ObjectNode)) {
            throw new IllegalArgumentException(reference + " leads nowhere");
        }
        var all = (ObjectNode) followed(target).deepCopy();
        node.forEachEntry((name, value) -> {
            if (!name.equals("$ref")) {
                all.set(name, value);
            }
        });
        return all;
    }

    /** A schema with {@code allOf} taken in, and with {@code oneOf [x, null]} as x that may be null. */
    ObjectNode schema(JsonNode node) {
        var all = (ObjectNode) followed(node).deepCopy();
        var parts = all.remove("allOf");
        if (parts != null) {
            parts.forEach(part -> merge(all, schema(part)));
        }
        for (var word : List.of("oneOf", "anyOf")) {
            var choices = choices(all, word);
            var values = choices.stream()
                    .filter(choice -> !choice.path("type").asString("").equals("null"))
                    .toList();
            if (choices.size() == 2 && values.size() == 1) {
                all.remove(word);
                merge(all, schema(values.getFirst()));
                var types = ContractJson.mapper().createArrayNode();
                types(all).forEach(types::add);
                all.set("type", types.add("null"));
            }
        }
        return all;
    }

    static List<JsonNode> choices(JsonNode schema, String word) {
        var choices = new ArrayList<JsonNode>();
        schema.path(word).forEach(choices::add);
        return choices;
    }

    static List<String> types(JsonNode schema) {
        var type = schema.path("type");
        return (type.isArray() ? type.valueStream() : type.isString() ? Stream.of(type) : Stream.<JsonNode>empty())
                .map(JsonNode::asString)
                .toList();
    }

    private static void merge(ObjectNode into, ObjectNode from) {
        from.forEachEntry((name, value) -> {
            switch (name) {
                case "properties" -> value.forEachEntry(into.withObject("properties")::set);
                case "required" -> value.forEach(into.withArray("required")::add);
                default -> {
                    if (!into.has(name)) {
                        into.set(name, value);
                    }
                }
            }
        });
    }
}
