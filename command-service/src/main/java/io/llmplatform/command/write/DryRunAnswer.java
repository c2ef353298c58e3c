package io.llmplatform.command.write;

import io.llmplatform.contracts.event.EventCatalog;
import io.llmplatform.contracts.json.ContractJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The answer that the write would have had, with {@code dry_run.events} added: what would be stored, with its values
 * before and after, without secrets. Texts of the answer itself, such as a new key, are not told, only its id.
 */
final class DryRunAnswer {
    private static final String INSTEAD = "dry-run";

    private static final Set<String> HARMLESS =
            Set.of("id", "mode", "previous_until", "expires_at", "problem", "detail", "field", "message");

    private DryRunAnswer() {}

    static void replace(HeldAnswer response, List<DomainEventMessage<?>> events) throws IOException {
        if (HttpStatus.valueOf(response.getStatus()).isError()) {
            return;
        }
        var answer = withoutTexts(response.getContentAsByteArray());
        var told = answer.putObject("dry_run").putArray("events");
        events.forEach(event -> told.add(told(event)));
        response.discard();
        response.setContentType("application/json");
        response.getOutputStream().write(ContractJson.mapper().writeValueAsBytes(answer));
    }

    private static ObjectNode withoutTexts(byte[] body) {
        if (body.length == 0 || !(ContractJson.mapper().readTree(body) instanceof ObjectNode answer)) {
            return JsonNodeFactory.instance.objectNode();
        }
        withoutTexts(answer);
        return answer;
    }

    /** Whatever text is not known to be harmless could be a new key or a link. */
    private static void withoutTexts(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (var name : List.copyOf(object.propertyNames())) {
                if (object.path(name).isString() && !HARMLESS.contains(name)) {
                    object.put(name, INSTEAD);
                }
            }
        }
        node.forEach(DryRunAnswer::withoutTexts);
    }

    private static ObjectNode told(DomainEventMessage<?> event) {
        var told = JsonNodeFactory.instance.objectNode();
        told.put("type", EventCatalog.type(event.getPayloadType()).name());
        told.put("entity_type", event.getType());
        told.put("entity_id", event.getAggregateIdentifier());
        told.set("data", shown(ContractJson.mapper().valueToTree(event.getPayload())));
        return told;
    }

    /** Without hashes, sealed secrets only as being set, personal data as their value. */
    private static JsonNode shown(JsonNode value) {
        if (value.isArray()) {
            var copy = JsonNodeFactory.instance.arrayNode();
            value.forEach(each -> copy.add(shown(each)));
            return copy;
        }
        if (!value.isObject()) {
            return value;
        }
        if (value.has("ciphertext") || value.has("wrapped_key")) {
            return JsonNodeFactory.instance.stringNode("set");
        }
        if (value.has("subject") && value.has("clear")) {
            return value.get("clear");
        }
        var copy = JsonNodeFactory.instance.objectNode();
        value.forEachEntry((name, each) -> {
            // The names in metadata are the caller's own and mean nothing.
            if (name.equals("metadata")) {
                copy.set(name, each);
            } else if (!name.endsWith("hash")) {
                copy.set(name, shown(each));
            }
        });
        return copy;
    }
}
