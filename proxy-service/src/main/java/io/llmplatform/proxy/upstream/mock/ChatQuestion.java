package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a chat request asks for, as far as the mock heeds it.
 *
 * @param question    the text of the last message of the user
 * @param images      shown in that message
 * @param toolResults given since the model's last turn; when there are any, it is the model's turn to talk
 * @param limit       tokens of an answer
 * @param stops       texts before which an answer ends
 */
record ChatQuestion(
        Params params,
        String question,
        int images,
        List<String> toolResults,
        int choices,
        int limit,
        List<String> stops,
        boolean reasons,
        boolean includeUsage,
        long promptTokens) {
    private static final int TOKENS_PER_IMAGE = 85;

    static ChatQuestion of(Params params, String model) {
        params.without("functions", "function_call", "audio", "web_search_options");
        var messages = params.at("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw new MockRefusal("messages", "Expected at least one message in `messages`.");
        }
        var question = "";
        int images = 0;
        var results = new ArrayList<String>();
        var estimate = new TokenEstimate();
        long imageTokens = 0;
        for (var message : messages) {
            var content = message.get("content");
            var text = text(content);
            int shown = images(content);
            estimate.message();
            estimate.text(text);
            imageTokens += (long) shown * TOKENS_PER_IMAGE;
            switch (message.path("role").asString("")) {
                case "user" -> {
                    question = text;
                    images = shown;
                }
                case "tool" -> results.add(text);
                case "assistant" -> results.clear();
                default -> {}
            }
        }
        for (var tool : params.at("tools")) {
            estimate.text(MockJson.text(tool));
        }
        return new ChatQuestion(
                params,
                question,
                images,
                List.copyOf(results),
                params.integer("n", 1, 128, 1),
                limit(params),
                stops(params),
                reasons(params, model),
                params.at("stream_options").path("include_usage").asBoolean(false),
                estimate.tokens() + imageTokens);
    }

    private static int limit(Params params) {
        int limit = Integer.MAX_VALUE;
        for (var name : List.of("max_tokens", "max_completion_tokens")) {
            var value = params.at(name);
            if (value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0) {
                limit = Math.min(limit, value.intValue());
            }
        }
        return limit;
    }

    private static List<String> stops(Params params) {
        var stop = params.at("stop");
        var all =
                stop.isArray() ? StreamSupport.stream(stop.spliterator(), false).toList() : List.of(stop);
        return all.stream()
                .map(one -> one.asString(""))
                .filter(one -> !one.isEmpty())
                .toList();
    }

    private static boolean reasons(Params params, String model) {
        var effort = params.text("reasoning_effort", "none");
        return (!effort.equals("none") && !effort.equals("minimal"))
                || model.toLowerCase(Locale.ROOT).contains("reason");
    }

    private static int images(@Nullable JsonNode content) {
        int images = 0;
        if (content != null && content.isArray()) {
            for (var part : content) {
                images += part.path("type").asString("").equals("image_url") ? 1 : 0;
            }
        }
        return images;
    }

    private static String text(@Nullable JsonNode content) {
        if (content == null) {
            return "";
        }
        if (content.isString()) {
            return content.stringValue();
        }
        var out = new StringBuilder();
        for (var part : content) {
            out.append(part.path("text").asString(""));
        }
        return out.toString();
    }
}
