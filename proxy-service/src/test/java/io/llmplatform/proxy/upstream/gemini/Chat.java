package io.llmplatform.proxy.upstream.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat requests and answers in these tests. */
final class Chat {
    static final Origin ORIGIN = new Origin("req_01", 1_700_000_000L);

    private Chat() {}

    static ObjectNode tree(String json) {
        return (ObjectNode) ContractJson.mapper().readTree(json);
    }

    static Exchange begin(String request) {
        try {
            return new ChatToGemini().begin(tree(request), ORIGIN);
        } catch (UntranslatableException e) {
            throw new AssertionError(e.param() + ": " + e.getMessage(), e);
        }
    }

    static ObjectNode request(String request) {
        return begin(request).request();
    }

    /** A request of one user message, with more fields. */
    static String asking(String model, String fields) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]" + fields + "}";
    }

    /** With messages, in a model that demands no signatures. */
    static String messages(String messages) {
        return "{\"model\":\"gemini-2.5-flash\",\"messages\":" + messages + "}";
    }

    static UntranslatableException refusal(String request) {
        var refusal = catchThrowableOfType(
                UntranslatableException.class, () -> new ChatToGemini().begin(tree(request), ORIGIN));
        assertThat(refusal).as(request).isNotNull();
        assertThat(refusal.getMessage()).endsWith(".");
        return refusal;
    }

    static List<JsonNode> stream(Exchange exchange, String... events) {
        var out = new ArrayList<JsonNode>();
        for (var event : events) {
            exchange.event(tree(event), out::add);
        }
        exchange.end(out::add);
        return reread(out);
    }

    /** As a client would read it: whether a number is an int or a long is not on the wire. */
    static void same(JsonNode actual, String expected) {
        assertThat(ContractJson.mapper().readTree(actual.toString()))
                .isEqualTo(ContractJson.mapper().readTree(expected));
    }

    /** @param tails of the chunks, behind what all chunks have */
    static void chunks(List<JsonNode> actual, String model, String... tails) {
        var expected = new ArrayList<JsonNode>();
        for (var tail : tails) {
            expected.add(tree(
                    "{\"id\":\"chatcmpl-01\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,\"model\":\""
                            + model + "\"," + tail + "}"));
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static List<JsonNode> reread(List<JsonNode> nodes) {
        return nodes.stream()
                .map(node -> ContractJson.mapper().readTree(node.toString()))
                .toList();
    }
}
