package io.llmplatform.proxy.api.completions;

import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers and chunks of chat as those of text completions. Reasoning has no place there and is left out. */
final class CompletionsExchange implements Exchange {
    private final ObjectNode request;
    private final Origin origin;
    private @Nullable String model;
    private @Nullable JsonNode usage;
    private boolean finished;

    CompletionsExchange(ObjectNode request, Origin origin) {
        this.request = request;
        this.origin = origin;
        this.model = request.path("model").asString("");
    }

    @Override
    public ObjectNode request() {
        return request;
    }

    @Override
    public ObjectNode answer(ObjectNode upstream) {
        var out = completion(upstream);
        var texts = out.putArray("choices");
        if (!(upstream.path("choices") instanceof ArrayNode choices) || choices.isEmpty()) {
            throw new IllegalArgumentException("a chat completion without choices");
        }
        for (var choice : choices) {
            texts.add(choice(
                    choice,
                    text(choice.path("message")),
                    choice.path("finish_reason").asString("stop")));
        }
        if (upstream.path("usage").isObject()) {
            out.set("usage", upstream.get("usage"));
        }
        return out;
    }

    @Override
    public void event(ObjectNode upstream, Consumer<ObjectNode> out) {
        if (upstream.path("usage").isObject()) {
            usage = upstream.get("usage");
        } else if (!upstream.path("choices").isArray()) {
            throw new IllegalArgumentException("a chunk with neither choices nor usage");
        }
        for (var choice : upstream.path("choices")) {
            var text = text(choice.path("delta"));
            var finish = choice.path("finish_reason").asString("");
            finished |= !finish.isEmpty();
            if (!text.isEmpty() || !finish.isEmpty()) {
                var chunk = completion(upstream);
                chunk.putArray("choices").add(choice(choice, text, finish));
                out.accept(chunk);
            }
        }
    }

    @Override
    public void end(Consumer<ObjectNode> out) {
        if (finished && usage != null) {
            var last = completion(JsonNodeFactory.instance.objectNode());
            last.putArray("choices");
            last.set("usage", usage);
            out.accept(last);
        }
    }

    private ObjectNode completion(JsonNode upstream) {
        model = upstream.path("model").asString(model);
        var out = JsonNodeFactory.instance
                .objectNode()
                .put(
                        "id",
                        "cmpl-"
                                + origin.requestId()
                                        .substring(origin.requestId().indexOf('_') + 1))
                .put("object", "text_completion")
                .put("created", origin.created())
                .put("model", model);
        var fingerprint = upstream.path("system_fingerprint");
        return fingerprint.isString() ? out.put("system_fingerprint", fingerprint.stringValue()) : out;
    }

    private static ObjectNode choice(JsonNode choice, String text, String finish) {
        var out = JsonNodeFactory.instance
                .objectNode()
                .put("text", text)
                .put("index", choice.path("index").asInt(0));
        out.putNull("logprobs");
        return finish.isEmpty() ? out.putNull("finish_reason") : out.put("finish_reason", finish);
    }

    /** A refusal is said in words, too. */
    private static String text(JsonNode message) {
        return message.path("content").asString("") + message.path("refusal").asString("");
    }
}
