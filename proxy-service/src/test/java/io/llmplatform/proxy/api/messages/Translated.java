package io.llmplatform.proxy.api.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.translate.UntranslatableException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Drives a translation and compares whole trees. */
public record Translated(Translation translation) {
    private static final Origin ORIGIN = new Origin("req_1", 1700000000);

    /** Read back from text, as a client does: a number is a number there, whatever made it. */
    public static JsonNode json(Object text) {
        return ContractJson.mapper().readTree(text.toString());
    }

    public Exchange begin(String request) {
        try {
            return translation.begin((ObjectNode) json(request), ORIGIN);
        } catch (UntranslatableException e) {
            throw new AssertionError(e.param() + ": " + e.getMessage(), e);
        }
    }

    public JsonNode request(String request) {
        return json(begin(request).request());
    }

    public JsonNode answer(String request, String answer) {
        return json(begin(request).answer((ObjectNode) json(answer)));
    }

    /** Every event after every line, and the end where the upstream ended. */
    public List<JsonNode> stream(String request, String events, boolean ended) {
        var out = new ArrayList<JsonNode>();
        var exchange = begin(request);
        events.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> exchange.event((ObjectNode) json(line), event -> out.add(json(event))));
        if (ended) {
            exchange.end(event -> out.add(json(event)));
        }
        return out;
    }

    public void refuses(String request, String param, String words) {
        var refusal = catchThrowableOfType(
                UntranslatableException.class, () -> translation.begin((ObjectNode) json(request), ORIGIN));
        assertThat(refusal).as(request).isNotNull();
        assertThat(refusal.param()).isEqualTo(param);
        assertThat(refusal).hasMessageContaining(words);
        assertThat(refusal.getMessage()).endsWith(".");
    }

    /** One JSON document a line. */
    public static List<JsonNode> lines(String text) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .map(Translated::json)
                .toList();
    }
}
