package io.llmplatform.proxy.upstream.mock;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Flags a few words that nobody would argue about, in the shape of OpenAI's omni-moderation. */
final class ModerationsCapability implements Capability {
    private static final double SURE = 0.98;
    private static final double UNLIKELY = 0.00001;
    private static final int MAX_INPUTS = 2048;
    private static final Map<String, Set<String>> WORDS = words();

    /** In OpenAI's order; those without words are never flagged. */
    private static Map<String, Set<String>> words() {
        var words = new LinkedHashMap<String, Set<String>>();
        words.put("harassment", Set.of("idiot", "idiots", "stupid", "白痴"));
        words.put("harassment/threatening", Set.of());
        words.put("hate", Set.of("hate", "仇恨"));
        words.put("hate/threatening", Set.of());
        words.put("illicit", Set.of("bomb", "heroin", "cocaine", "炸弹", "毒品"));
        words.put("illicit/violent", Set.of("bomb", "炸弹"));
        words.put("self-harm", Set.of("suicide", "自杀"));
        words.put("self-harm/intent", Set.of());
        words.put("self-harm/instructions", Set.of());
        words.put("sexual", Set.of("porn", "pornography", "色情"));
        words.put("sexual/minors", Set.of());
        words.put("violence", Set.of("kill", "killing", "murder", "杀人", "谋杀"));
        words.put("violence/graphic", Set.of());
        return words;
    }

    /** @param images whether pictures were among it, which are looked at by nobody */
    private record Input(String text, boolean images) {}

    @Override
    public Reply answer(Ask ask) {
        var answer = MockJson.object().put("id", ask.id("modr")).put("model", ask.model());
        var results = answer.putArray("results");
        for (var input : inputs(ask.json().at("input"))) {
            judge(input, results.addObject());
        }
        return Reply.json(answer);
    }

    private static List<Input> inputs(JsonNode input) {
        if (input.isString()) {
            return List.of(new Input(input.stringValue(), false));
        }
        if (!input.isArray() || input.isEmpty() || input.size() > MAX_INPUTS) {
            throw wrong();
        }
        return input.get(0).isObject() ? List.of(parts(input)) : texts(input);
    }

    private static List<Input> texts(JsonNode input) {
        var inputs = new ArrayList<Input>();
        for (var text : input) {
            if (!text.isString()) {
                throw wrong();
            }
            inputs.add(new Input(text.stringValue(), false));
        }
        return inputs;
    }

    /** Parts of one message: judged together. */
    private static Input parts(JsonNode input) {
        var text = new StringBuilder();
        boolean images = false;
        for (var part : input) {
            switch (part.path("type").asString("")) {
                case "text" -> text.append(part.path("text").asString("")).append('\n');
                case "image_url" -> images = true;
                default -> throw wrong();
            }
        }
        return new Input(text.toString(), images);
    }

    private static void judge(Input input, ObjectNode result) {
        var said = new HashSet<>(Words.of(input.text().toLowerCase(Locale.ROOT)));
        var flagged = WORDS.entrySet().stream()
                .filter(category -> category.getValue().stream().anyMatch(said::contains))
                .map(Map.Entry::getKey)
                .toList();
        result.put("flagged", !flagged.isEmpty());
        var categories = result.putObject("categories");
        var scores = result.putObject("category_scores");
        var types = result.putObject("category_applied_input_types");
        for (var category : WORDS.keySet()) {
            categories.put(category, flagged.contains(category));
            scores.put(category, flagged.contains(category) ? SURE : UNLIKELY);
            var applied = types.putArray(category).add("text");
            if (input.images()) {
                applied.add("image");
            }
        }
    }

    private static MockRefusal wrong() {
        return new MockRefusal(
                "input",
                "Expected a text, 1 to " + MAX_INPUTS + " texts, or parts of type `text` and `image_url` as `input`.");
    }
}
