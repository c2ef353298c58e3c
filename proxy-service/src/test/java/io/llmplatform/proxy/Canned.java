package io.llmplatform.proxy;

import io.llmplatform.proxy.api.Operation;
import java.util.List;

/**
 * What providers answer in each API: {@code Grüße 🌍}, 100 tokens of prompt of which 40 were cached, 7 of answer, stopped by
 * themselves.
 */
final class Canned {
    static final String TEXT = "Grüße 🌍";

    private Canned() {}

    static String whole(Operation operation) {
        return switch (operation) {
            case CHAT -> """
                {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":\
                {"role":"assistant","content":"Grüße 🌍"},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,\
                "completion_tokens":7,"total_tokens":107,"prompt_tokens_details":{"cached_tokens":40}}}""";
            case COMPLETIONS -> """
                {"id":"t1","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"Grüße 🌍",\
                "logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":7,\
                "total_tokens":107,"prompt_tokens_details":{"cached_tokens":40}}}""";
            case RESPONSES -> response("completed");
            case MESSAGES -> """
                {"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":\
                "Grüße 🌍"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":60,\
                "cache_read_input_tokens":40,"cache_creation_input_tokens":0,"output_tokens":7}}""";
            case GEMINI_CONTENT -> gemini("Grüße 🌍", ",\"finishReason\":\"STOP\"", true);
            case EMBEDDINGS -> """
                {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-0.25]}],"model":"m",\
                "usage":{"prompt_tokens":100,"total_tokens":100}}""";
            case GEMINI_EMBEDDINGS -> "{\"embeddings\":[{\"values\":[0.5,-0.25]}]}";
            default -> throw new IllegalArgumentException(operation.wire());
        };
    }

    /** Event by event, with the blank line behind each. */
    static List<String> stream(Operation operation) {
        return switch (operation) {
            case CHAT ->
                List.of(
                        ScriptedUpstream.chunk("Grüße "),
                        ScriptedUpstream.chunk("🌍"),
                        ScriptedUpstream.FINISH,
                        ScriptedUpstream.USAGE,
                        ScriptedUpstream.DONE);
            case COMPLETIONS ->
                List.of(
                        completion("Grüße ", "null", ""),
                        completion("🌍", "\"stop\"", ""),
                        "data: {\"id\":\"t1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[],"
                                + "\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":40}}}\n\n",
                        ScriptedUpstream.DONE);
            case RESPONSES ->
                List.of(
                        named("response.created", "\"sequence_number\":0,\"response\":" + response("in_progress")),
                        named(
                                "response.output_item.added",
                                "\"sequence_number\":1,\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\","
                                        + "\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"),
                        textDelta(2, "Grüße "),
                        textDelta(3, "🌍"),
                        named("response.completed", "\"sequence_number\":4,\"response\":" + response("completed")));
            case MESSAGES ->
                List.of(
                        named(
                                "message_start",
                                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                                        + "\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{"
                                        + "\"input_tokens\":60,\"cache_read_input_tokens\":40,"
                                        + "\"cache_creation_input_tokens\":0,\"output_tokens\":1}}"),
                        named("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}"),
                        blockDelta("Grüße "),
                        blockDelta("🌍"),
                        named("content_block_stop", "\"index\":0"),
                        named(
                                "message_delta",
                                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},"
                                        + "\"usage\":{\"output_tokens\":7}"),
                        "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
            case GEMINI_CONTENT ->
                List.of(
                        "data: " + gemini("Grüße ", "", false) + "\r\n\r\n",
                        "data: " + gemini("🌍", ",\"finishReason\":\"STOP\"", true) + "\r\n\r\n");
            default -> throw new IllegalArgumentException(operation.wire());
        };
    }

    static String joined(Operation operation) {
        return String.join("", stream(operation));
    }

    /** Up to and with the first piece of text. */
    static String begun(Operation operation) {
        var events = stream(operation);
        int text = 0;
        while (!events.get(text).contains("Grüße ")) {
            text++;
        }
        return String.join("", events.subList(0, text + 1));
    }

    /** The same, with that piece of text many times. */
    static String begun(Operation operation, int times) {
        var begun = begun(operation);
        var events = stream(operation);
        var piece = events.stream()
                .filter(event -> event.contains("Grüße "))
                .findFirst()
                .orElseThrow();
        return begun + piece.repeat(times - 1);
    }

    private static String named(String type, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n";
    }

    private static String textDelta(int number, String text) {
        return named(
                "response.output_text.delta",
                "\"sequence_number\":" + number + ",\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,"
                        + "\"logprobs\":[],\"delta\":\"" + text + "\"");
    }

    private static String blockDelta(String text) {
        return named(
                "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    private static String completion(String text, String finish, String more) {
        return "data: {\"id\":\"t1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"text\":\"" + text + "\",\"logprobs\":null,\"finish_reason\":" + finish + "}]" + more + "}\n\n";
    }

    private static String gemini(String text, String more, boolean usage) {
        return "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + text + "\"}]},\"index\":0"
                + more
                + "}]"
                + (usage
                        ? ",\"usageMetadata\":{\"promptTokenCount\":100,\"cachedContentTokenCount\":40,"
                                + "\"candidatesTokenCount\":7,\"totalTokenCount\":107}"
                        : "")
                + ",\"modelVersion\":\"m\",\"responseId\":\"g1\"}";
    }

    private static String response(String status) {
        boolean over = status.equals("completed");
        return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"status\":\"" + status
                + "\",\"error\":null,\"incomplete_details\":null,\"instructions\":null,\"model\":\"m\",\"output\":["
                + (over
                        ? "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
                                + "\"content\":[{\"type\":\"output_text\",\"text\":\"Grüße 🌍\",\"annotations\":[]}]}"
                        : "")
                + "],\"usage\":"
                + (over
                        ? "{\"input_tokens\":100,\"input_tokens_details\":{\"cached_tokens\":40},\"output_tokens\":7,"
                                + "\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":107}"
                        : "null")
                + "}";
    }
}
