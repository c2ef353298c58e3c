package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.contracts.json.ContractJson;
import io.llmplatform.proxy.usage.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the mock says: the same request always gets the same answer, in the language it was asked in.
 *
 * @param pieces each about a token; together the text
 */
record MockAnswer(List<String> pieces, boolean cutOff, long promptTokens, boolean includeUsage) {
    private static final int QUOTED = 80;

    /** Takes numbers of any size, as a real provider's reader would: {@code 1e999} must not end in an exception. */
    private static final JsonMapper JSON = ContractJson.mapper()
            .rebuild()
            .disable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static MockAnswer to(byte[] request) {
        var root = JSON.readTree(request);
        var question = lastUserText(root);
        var text = question.codePoints().anyMatch(MockAnswer::isHan) ? chinese(question) : english(question);
        var pieces = split(text);
        int limit = limit(root);
        boolean cutOff = pieces.size() > limit;
        return new MockAnswer(
                cutOff ? pieces.subList(0, limit) : pieces,
                cutOff,
                promptTokens(root),
                root.path("stream_options").path("include_usage").asBoolean(false));
    }

    String text() {
        return String.join("", pieces);
    }

    String finishReason() {
        return cutOff ? "length" : "stop";
    }

    private static String english(String question) {
        return "This is the built-in mock model speaking. You said: \"" + quoted(question)
                + "\". A real provider would answer that in earnest; I only show that the request went through the"
                + " gateway, was counted, and came back to you word by word. Give this model a real provider in the"
                + " console when you are ready.";
    }

    private static String chinese(String question) {
        return "您好，我是平台内置的模拟模型。您说的是：“" + quoted(question)
                + "”。真实的模型会认真回答这个问题；我只用来说明请求已经通过网关、完成计量，并逐字返回给您。"
                + "准备好之后，请在控制台为该模型配置真实的提供商。";
    }

    private static String quoted(String question) {
        var line = question.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= QUOTED
                ? line
                : line.substring(0, line.offsetByCodePoints(0, QUOTED)) + "…";
    }

    /** Words with the space before them; Chinese and the like by character. Never inside a surrogate pair. */
    private static List<String> split(String text) {
        var pieces = new ArrayList<String>();
        var piece = new StringBuilder();
        text.codePoints().forEach(c -> {
            boolean alone = c >= 0x2E80;
            if (!piece.isEmpty() && (alone || c == ' ' || piece.codePointBefore(piece.length()) >= 0x2E80)) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
            piece.appendCodePoint(c);
        });
        if (!piece.isEmpty()) {
            pieces.add(piece.toString());
        }
        return List.copyOf(pieces);
    }

    private static int limit(JsonNode root) {
        int limit = Integer.MAX_VALUE;
        for (var name : List.of("max_tokens", "max_completion_tokens")) {
            var value = root.get(name);
            if (value != null && value.isIntegralNumber() && value.canConvertToInt() && value.intValue() > 0) {
                limit = Math.min(limit, value.intValue());
            }
        }
        return limit;
    }

    private static String lastUserText(JsonNode root) {
        var found = "";
        for (var message : root.path("messages")) {
            if ("user".equals(message.path("role").asString(""))) {
                found = text(message.get("content"));
            }
        }
        return found;
    }

    private static long promptTokens(JsonNode root) {
        var estimate = new TokenEstimate();
        for (var message : root.path("messages")) {
            estimate.message();
            estimate.text(text(message.get("content")));
        }
        return estimate.tokens();
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

    private static boolean isHan(int codePoint) {
        return Character.UnicodeScript.of(codePoint) == Character.UnicodeScript.HAN;
    }
}
