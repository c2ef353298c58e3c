package io.llmplatform.proxy.api.stored;

import io.llmplatform.proxy.api.responses.ItemIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The input of a response as items, and as {@code GET /v1/responses/{id}/input_items} lists them. */
public final class InputItems {
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private InputItems() {}

    /** @param input a string or items, as requests have it; every item gets an id and a type */
    static ArrayNode of(String responseId, JsonNode input) {
        var out = JsonNodeFactory.instance.arrayNode();
        if (input.isString()) {
            var message = out.addObject()
                    .put("id", ItemIds.ofInput(responseId, "msg", 0))
                    .put("type", "message")
                    .put("status", "completed")
                    .put("role", "user");
            message.putArray("content").addObject().put("type", "input_text").put("text", input.stringValue());
        }
        for (int i = 0; input.isArray() && i < input.size(); i++) {
            if (input.get(i) instanceof ObjectNode item) {
                out.add(item(responseId, item.deepCopy(), i));
            }
        }
        return out;
    }

    private static ObjectNode item(String responseId, ObjectNode item, int index) {
        if (!item.path("type").isString()) {
            item.put("type", "message");
        }
        if (!item.path("id").isString()) {
            item.put("id", ItemIds.ofInput(responseId, prefix(item.get("type").stringValue()), index));
        }
        if (item.get("type").stringValue().equals("message")
                && item.path("content").isString()) {
            var text = item.get("content").stringValue();
            item.putArray("content")
                    .addObject()
                    .put("type", "assistant".equals(item.path("role").asString("")) ? "output_text" : "input_text")
                    .put("text", text);
        }
        return item;
    }

    private static String prefix(String type) {
        return switch (type) {
            case "message" -> "msg";
            case "reasoning" -> "rs";
            case "function_call" -> "fc";
            case "custom_tool_call" -> "ctc";
            default -> "item";
        };
    }

    /**
     * One page.
     *
     * @param after the id of the last item the client has
     * @param limit 1 to 100, 20 where null
     * @param order {@code asc} or {@code desc}, the latter where null
     * @throws IllegalArgumentException with a sentence for the client
     */
    public static ObjectNode list(
            StoredResponse.Whole stored, @Nullable String after, @Nullable Integer limit, @Nullable String order) {
        int size = limit == null ? PAGE : limit;
        if (size < 1 || size > LARGEST_PAGE) {
            throw new IllegalArgumentException("'limit' must be from 1 to " + LARGEST_PAGE + "; it is " + size + ".");
        }
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            throw new IllegalArgumentException("'order' must be 'asc' or 'desc'; it is '" + order + "'.");
        }
        List<JsonNode> items = new ArrayList<>(stored.input().values());
        if (!"asc".equals(order)) {
            Collections.reverse(items);
        }
        int from = after == null ? 0 : behind(items, after);
        int to = Math.min(items.size(), from + size);
        var out = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = out.putArray("data");
        data.addAll(items.subList(from, to));
        return out.put("first_id", data.isEmpty() ? null : id(data.get(0)))
                .put("last_id", data.isEmpty() ? null : id(data.get(data.size() - 1)))
                .put("has_more", to < items.size());
    }

    /** What the deletion of a response is answered with. */
    public static ObjectNode deleted(String responseId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", responseId)
                .put("object", "response")
                .put("deleted", true);
    }

    private static int behind(List<JsonNode> items, String after) {
        for (int i = 0; i < items.size(); i++) {
            if (id(items.get(i)).equals(after)) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException(
                "'after' must be the id of an item of this response; it is '" + after + "'.");
    }

    private static String id(JsonNode item) {
        return item.path("id").asString("");
    }
}
