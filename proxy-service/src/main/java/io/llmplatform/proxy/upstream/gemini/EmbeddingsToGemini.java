package io.llmplatform.proxy.upstream.gemini;

import static io.llmplatform.proxy.upstream.gemini.Shape.absent;

import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.translate.Exchange;
import io.llmplatform.proxy.translate.Origin;
import io.llmplatform.proxy.translate.Translation;
import io.llmplatform.proxy.translate.UntranslatableException;
import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** OpenAI's embeddings as Gemini's {@code batchEmbedContents}: texts only, as tokens of OpenAI's mean nothing there. */
final class EmbeddingsToGemini implements Translation {
    private static final Set<String> KNOWN = Set.of("model", "input", "dimensions", "encoding_format", "user");

    @Override
    public Operation from() {
        return Operation.EMBEDDINGS;
    }

    @Override
    public Operation to() {
        return Operation.GEMINI_EMBEDDINGS;
    }

    @Override
    public Exchange begin(ObjectNode request, Origin origin) throws UntranslatableException {
        for (var field : request.properties()) {
            if (!KNOWN.contains(field.getKey()) && !absent(field.getValue())) {
                throw Shape.refused(field.getKey(), "The parameter '" + field.getKey() + "'");
            }
        }
        var model = Shape.text(request.get("model"), "model");
        var inputs = inputs(request.get("input"));
        var estimate = new TokenEstimate();
        var out = Shape.JSON.createObjectNode();
        var requests = out.putArray("requests");
        for (var input : inputs) {
            estimate.text(input);
            var one = requests.addObject().put("model", name(model));
            one.putObject("content").putArray("parts").addObject().put("text", input);
            if (!absent(request.get("dimensions"))) {
                one.set("outputDimensionality", request.get("dimensions"));
            }
        }
        return new EmbeddingsExchange(
                out, model, inputs.size(), base64(request.get("encoding_format")), estimate.tokens());
    }

    /** In the body the name is not escaped. */
    private static String name(String model) {
        return model.startsWith("models/") || model.startsWith("tunedModels/") ? model : "models/" + model;
    }

    private static List<String> inputs(@Nullable JsonNode input) throws UntranslatableException {
        if (input != null && input.isString()) {
            return List.of(input.stringValue());
        }
        var list = Shape.array(input, "input");
        if (list.isEmpty()) {
            throw new UntranslatableException("input", "Expected at least one text in 'input'.");
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < list.size(); i++) {
            var one = list.get(i);
            if (one.isNumber() || one.isArray()) {
                throw Shape.refused("input", "Input in tokens instead of text");
            }
            texts.add(Shape.text(one, "input[" + i + "]"));
        }
        return texts;
    }

    private static boolean base64(@Nullable JsonNode format) throws UntranslatableException {
        if (absent(format)) {
            return false;
        }
        var name = Shape.text(format, "encoding_format");
        return switch (name) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw Shape.refused("encoding_format", "The encoding '" + name + "'");
        };
    }
}
