package io.llmplatform.proxy;

import io.llmplatform.proxy.api.Operation;
import java.util.ArrayList;
import java.util.List;

/** Answers of providers that say more than text: a call of a tool, reasoning, an end for want of room. */
final class Features {
    static final String ARGUMENTS = "{\"city\":\"Zürich\"}";
    static final String REASONING = "Hmm, ä 🤔";

    private Features() {}

    static String toolCall(Operation spoken, boolean stream) {
        var quoted = ARGUMENTS.replace("\"", "\\\"");
        return switch (spoken) {
            case CHAT ->
                stream
                        ? chat(
                                        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"index\":0,\"id\":\"call_1\","
                                                + "\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"\"}}]}",
                                        null)
                                + chat(arguments(quoted.substring(0, 12)), null)
                                + chat(arguments(quoted.substring(12)), null)
                                + chat("{}", "tool_calls")
                                + ScriptedUpstream.USAGE
                                + ScriptedUpstream.DONE
                        : chatWhole(
                                "\"content\":null,\"tool_calls\":[{\"id\":\"call_1\",\"type\":\"function\",\"function\":"
                                        + "{\"name\":\"weather\",\"arguments\":\"" + quoted + "\"}}]",
                                "tool_calls");
            case MESSAGES ->
                stream
                        ? messages(
                                "tool_use",
                                block(
                                        0,
                                        "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"weather\",\"input\":{}}",
                                        "{\"type\":\"input_json_delta\",\"partial_json\":\"\"}",
                                        "{\"type\":\"input_json_delta\",\"partial_json\":\"" + quoted.substring(0, 12)
                                                + "\"}",
                                        "{\"type\":\"input_json_delta\",\"partial_json\":\"" + quoted.substring(12)
                                                + "\"}"))
                        : message(
                                "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"weather\",\"input\":" + ARGUMENTS
                                        + "}",
                                "tool_use");
            default -> gemini("{\"functionCall\":{\"name\":\"weather\",\"args\":" + ARGUMENTS + "}}", "STOP", stream);
        };
    }

    static String reasoning(Operation spoken, boolean stream) {
        return switch (spoken) {
            case CHAT ->
                stream
                        ? chat("{\"role\":\"assistant\",\"reasoning_content\":\"Hmm, \"}", null)
                                + chat("{\"reasoning_content\":\"ä 🤔\"}", null)
                                + Canned.joined(Operation.CHAT)
                        : chatWhole(
                                "\"reasoning_content\":\"" + REASONING + "\",\"content\":\"" + Canned.TEXT + "\"",
                                "stop");
            case MESSAGES ->
                stream
                        ? messages(
                                "end_turn",
                                block(
                                        0,
                                        "{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}",
                                        "{\"type\":\"thinking_delta\",\"thinking\":\"Hmm, \"}",
                                        "{\"type\":\"thinking_delta\",\"thinking\":\"ä 🤔\"}",
                                        "{\"type\":\"signature_delta\",\"signature\":\"c2ln\"}"),
                                block(
                                        1,
                                        "{\"type\":\"text\",\"text\":\"\"}",
                                        "{\"type\":\"text_delta\",\"text\":\"" + Canned.TEXT + "\"}"))
                        : message(
                                "{\"type\":\"thinking\",\"thinking\":\"" + REASONING + "\",\"signature\":\"c2ln\"},"
                                        + "{\"type\":\"text\",\"text\":\"" + Canned.TEXT + "\"}",
                                "end_turn");
            default ->
                gemini(
                        "{\"text\":\"" + REASONING + "\",\"thought\":true},{\"text\":\"" + Canned.TEXT + "\"}",
                        "STOP",
                        stream);
        };
    }

    static String cutShort(Operation spoken, boolean stream) {
        return switch (spoken) {
            case CHAT ->
                stream
                        ? Canned.joined(Operation.CHAT).replace("\"stop\"", "\"length\"")
                        : Canned.whole(Operation.CHAT).replace("\"stop\"", "\"length\"");
            case MESSAGES ->
                (stream ? Canned.joined(Operation.MESSAGES) : Canned.whole(Operation.MESSAGES))
                        .replace("end_turn", "max_tokens");
            default ->
                (stream ? Canned.joined(Operation.GEMINI_CONTENT) : Canned.whole(Operation.GEMINI_CONTENT))
                        .replace("\"STOP\"", "\"MAX_TOKENS\"");
        };
    }

    private static String arguments(String piece) {
        return "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"" + piece + "\"}}]}";
    }

    private static String chat(String delta, String finish) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"delta\":" + delta + ",\"finish_reason\":" + (finish == null ? "null" : "\"" + finish + "\"")
                + "}]}\n\n";
    }

    private static String chatWhole(String message, String finish) {
        return "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":"
                + "{\"role\":\"assistant\"," + message + "},\"finish_reason\":\"" + finish + "\"}],\"usage\":{"
                + "\"prompt_tokens\":100,\"completion_tokens\":7,\"total_tokens\":107}}";
    }

    private static String message(String blocks, String stop) {
        return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[" + blocks
                + "],\"stop_reason\":\"" + stop
                + "\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":100,\"output_tokens\":7}}";
    }

    private static String messages(String stop, String... blocks) {
        var events = Canned.stream(Operation.MESSAGES);
        var out = new ArrayList<>(List.of(events.getFirst()));
        out.addAll(List.of(blocks));
        out.add(events.get(events.size() - 2).replace("end_turn", stop));
        out.add(events.getLast());
        return String.join("", out);
    }

    private static String block(int index, String start, String... deltas) {
        var out = new StringBuilder(event("content_block_start", index, "\"content_block\":" + start));
        for (var delta : deltas) {
            out.append(event("content_block_delta", index, "\"delta\":" + delta));
        }
        return out.append("event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":" + index
                        + "}\n\n")
                .toString();
    }

    private static String event(String type, int index, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"index\":" + index + "," + fields + "}\n\n";
    }

    private static String gemini(String parts, String finish, boolean stream) {
        var answer = "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[" + parts
                + "]},\"index\":0,\"finishReason\":\""
                + finish + "\"}],\"usageMetadata\":{\"promptTokenCount\":100,\"candidatesTokenCount\":7,"
                + "\"totalTokenCount\":107},\"modelVersion\":\"m\",\"responseId\":\"g1\"}";
        return stream ? "data: " + answer + "\r\n\r\n" : answer;
    }
}
