package io.llmplatform.proxy.upstream.mock;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Asks single capabilities, without an event loop. */
final class Mock {
    static final long CREATED = 1_700_000_000;

    private Mock() {}

    static Ask ask(Operation operation, String contentType, Buffer body, boolean stream, String model) {
        var request =
                new UpstreamRequest("r1", operation, body, contentType, stream, MultiMap.caseInsensitiveMultiMap());
        return new Ask(request, model, CREATED);
    }

    /** @param json with single quotes for double ones */
    static Ask ask(Operation operation, String json) {
        return ask(operation, "application/json", Buffer.buffer(quotes(json)), false, "m");
    }

    static Ask stream(Operation operation, String json) {
        return ask(operation, "application/json", Buffer.buffer(quotes(json)), true, "m");
    }

    static String quotes(String json) {
        return json.replace('\'', '"');
    }

    static JsonNode json(String json) {
        return ContractJson.mapper().readTree(quotes(json));
    }

    static JsonNode json(Reply reply) {
        return ContractJson.mapper().readTree(bytes(reply));
    }

    static byte[] bytes(Reply reply) {
        var all = Buffer.buffer();
        reply.parts().forEachRemaining(part -> all.appendBuffer(part.bytes()));
        return all.getBytes();
    }

    static String text(Reply reply) {
        return new String(bytes(reply), UTF_8);
    }

    /** The data of a stream's events; {@code [DONE]} as a JSON string. */
    static List<JsonNode> events(Reply reply) {
        var events = new ArrayList<JsonNode>();
        for (var event : text(reply).split("\n\n", -1)) {
            if (!event.isEmpty()) {
                var data = event.substring("data: ".length());
                events.add(json(data.equals("[DONE]") ? "\"[DONE]\"" : data));
            }
        }
        return events;
    }

    static JsonNode chat(String json) {
        return json(new ChatCapability().answer(ask(Operation.CHAT, json)));
    }

    static List<JsonNode> chatStream(String json) {
        return events(new ChatCapability().answer(stream(Operation.CHAT, json)));
    }
}
