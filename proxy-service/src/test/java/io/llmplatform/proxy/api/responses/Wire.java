package io.llmplatform.proxy.api.responses;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests, answers and events as JSON text. */
final class Wire {
    static final Origin ORIGIN = new Origin("req_01k9", 1_700_000_000);

    private Wire() {}

    static ObjectNode json(String json) {
        return (ObjectNode) ContractJson.mapper().readTree(json);
    }

    /** Through text, so that numbers compare by what is written. */
    static JsonNode again(JsonNode node) {
        return ContractJson.mapper().readTree(node.toString());
    }

    static Exchange begin(String request) throws UntranslatableException {
        return new ResponsesToChat().begin(json(request), ORIGIN);
    }

    static JsonNode chat(String request) throws UntranslatableException {
        return again(begin(request).request());
    }

    /** The fields of a user's "hi" and these. */
    static String hi(String fields) {
        return "{\"model\":\"m\",\"input\":\"hi\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    /** A chunk of the choice with index 0. */
    static ObjectNode chunk(String delta, String finish) {
        return json(
                "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":5,\"model\":\"up-1\",\"choices\":"
                        + "[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":"
                        + (finish.isEmpty() ? "null" : "\"" + finish + "\"") + "}]}");
    }

    static ObjectNode usage() {
        return json("""
                {"id":"chatcmpl-1","object":"chat.completion.chunk","created":5,"model":"up-1","choices":[],
                 "usage":{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12,
                          "prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":2}}}""");
    }

    /** All events of a stream that ends. */
    static List<JsonNode> stream(String request, List<ObjectNode> chunks) throws UntranslatableException {
        var exchange = begin(request);
        var out = new ArrayList<JsonNode>();
        for (var chunk : chunks) {
            exchange.event(chunk, event -> out.add(again(event)));
        }
        exchange.end(event -> out.add(again(event)));
        return out;
    }
}
