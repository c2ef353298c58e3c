package io.llmplatform.proxy.upstream.gemini;

import io.llmplatform.proxy.api.EmbeddingForm;
import io.llmplatform.proxy.translate.Exchange;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One embeddings request on its way to Gemini and back. */
final class EmbeddingsExchange implements Exchange {
    private final ObjectNode request;
    private final String model;
    private final int inputs;
    private final boolean base64;
    private final long estimatedTokens;

    EmbeddingsExchange(ObjectNode request, String model, int inputs, boolean base64, long estimatedTokens) {
        this.request = request;
        this.model = model;
        this.inputs = inputs;
        this.base64 = base64;
        this.estimatedTokens = estimatedTokens;
    }

    @Override
    public ObjectNode request() {
        return request;
    }

    @Override
    public ObjectNode answer(ObjectNode upstream) {
        var embeddings = upstream.path("embeddings");
        if (embeddings.size() != inputs) {
            throw new IllegalArgumentException("expected " + inputs + " embeddings, got " + embeddings.size());
        }
        var out = Shape.JSON.createObjectNode().put("object", "list");
        var data = out.putArray("data");
        for (int i = 0; i < inputs; i++) {
            var values = embeddings.get(i).path("values");
            if (!values.isArray() || values.isEmpty()) {
                throw new IllegalArgumentException("expected numbers in embeddings[" + i + "].values");
            }
            var one = data.addObject().put("object", "embedding").put("index", i);
            if (base64) {
                one.put("embedding", encoded(values));
            } else {
                one.set("embedding", values);
            }
        }
        // Most of Gemini's embedding models tell no usage.
        long tokens = upstream.path("usageMetadata").path("promptTokenCount").asLong(estimatedTokens);
        out.put("model", model).putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return out;
    }

    @Override
    public void event(ObjectNode upstream, Consumer<ObjectNode> out) {
        throw new IllegalArgumentException("expected a whole answer: embeddings have no stream");
    }

    @Override
    public void end(Consumer<ObjectNode> out) {}

    private static String encoded(JsonNode values) {
        var vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) values.get(i).asDouble(0);
        }
        return EmbeddingForm.base64(vector);
    }
}
