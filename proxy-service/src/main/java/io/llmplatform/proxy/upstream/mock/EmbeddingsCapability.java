package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.api.EmbeddingForm;
import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Embeds a text, several, tokens or several lists of tokens, within the bounds OpenAI sets. */
final class EmbeddingsCapability implements Capability {
    private static final int DEFAULT_DIMENSIONS = 1536;
    private static final int MAX_DIMENSIONS = 4096;
    private static final int MAX_INPUTS = 2048;
    private static final int MAX_TOKENS_EACH = 8192;
    private static final int MAX_TOKENS = 300_000;
    private static final long MAX_NUMBERS = (long) MAX_INPUTS * DEFAULT_DIMENSIONS;

    /** @param words the tokens' numbers where the input is tokens */
    private record Input(List<String> words, String whole, long tokens) {}

    @Override
    public Reply answer(Ask ask) {
        var params = ask.json();
        var inputs = inputs(params.at("input"));
        int dimensions = params.integer("dimensions", 1, MAX_DIMENSIONS, DEFAULT_DIMENSIONS);
        boolean base64 = params.oneOf("encoding_format", "float", List.of("float", "base64"))
                .equals("base64");
        if ((long) inputs.size() * dimensions > MAX_NUMBERS) {
            throw new MockRefusal("input", "The mock answers with at most " + MAX_NUMBERS + " numbers in all.");
        }
        var answer = MockJson.object().put("object", "list");
        var data = answer.putArray("data");
        for (int i = 0; i < inputs.size(); i++) {
            var one = data.addObject().put("object", "embedding").put("index", i);
            var vector = Embedding.of(inputs.get(i).words(), inputs.get(i).whole(), dimensions);
            if (base64) {
                one.put("embedding", EmbeddingForm.base64(vector));
            } else {
                numbers(one, vector);
            }
        }
        long tokens = inputs.stream().mapToLong(Input::tokens).sum();
        answer.put("model", ask.model())
                .putObject("usage")
                .put("prompt_tokens", tokens)
                .put("total_tokens", tokens);
        return Reply.json(answer);
    }

    private static List<Input> inputs(JsonNode input) {
        var inputs = new ArrayList<Input>();
        if (input.isArray() && !input.isEmpty() && !input.get(0).isNumber()) {
            if (input.size() > MAX_INPUTS) {
                throw new MockRefusal("input", "Expected at most " + MAX_INPUTS + " inputs, got " + input.size() + ".");
            }
            input.forEach(one -> inputs.add(input(one)));
        } else {
            inputs.add(input(input));
        }
        if (inputs.stream().mapToLong(Input::tokens).sum() > MAX_TOKENS) {
            throw new MockRefusal("input", "Expected at most " + MAX_TOKENS + " tokens in all.");
        }
        return inputs;
    }

    private static Input input(JsonNode input) {
        Input read;
        if (input.isString()) {
            var text = input.stringValue();
            long tokens = TokenEstimate.of(text);
            read = new Input(tokens > MAX_TOKENS_EACH ? List.of() : Words.of(text), text, tokens);
        } else if (input.isArray() && input.size() <= MAX_TOKENS_EACH) {
            var tokens = new ArrayList<String>();
            input.forEach(token -> {
                if (!token.isIntegralNumber() || !token.canConvertToInt() || token.intValue() < 0) {
                    throw wrong();
                }
                tokens.add("#" + token.intValue());
            });
            read = new Input(tokens, String.join("", tokens), tokens.size());
        } else {
            throw wrong();
        }
        if (read.tokens() == 0 || read.tokens() > MAX_TOKENS_EACH) {
            throw wrong();
        }
        return read;
    }

    private static MockRefusal wrong() {
        return new MockRefusal(
                "input",
                "Expected a text, texts, tokens or lists of tokens as `input`, each of 1 to " + MAX_TOKENS_EACH
                        + " tokens.");
    }

    private static void numbers(ObjectNode one, float[] vector) {
        var numbers = one.putArray("embedding");
        for (float number : vector) {
            numbers.add(number);
        }
    }
}
