package io.llmplatform.projections.search;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Gathers every value of a document into the one field that free text is searched in. */
public final class AllText {
    private AllText() {}

    /** The texts, numbers and flags in the tree, each once. */
    public static ArrayNode of(JsonNode tree) {
        var values = new LinkedHashSet<String>();
        collect(tree, values);
        return of(values);
    }

    public static ArrayNode of(Collection<String> values) {
        var array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    /** Adds the values of a tree to those already gathered. */
    public static void collect(JsonNode tree, Set<String> values) {
        if (tree.isContainer()) {
            tree.values().forEach(child -> collect(child, values));
        } else if (!tree.isNull()) {
            values.add(tree.asString());
        }
    }
}
