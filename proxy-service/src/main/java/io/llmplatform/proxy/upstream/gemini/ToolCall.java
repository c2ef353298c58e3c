package io.llmplatform.proxy.upstream.gemini;

import tools.jackson.databind.node.ObjectNode;

/** A call as clients see it; in a stream the whole of it comes in one delta. */
final class ToolCall {
    private ToolCall() {}

    static void write(Piece.Call call, String id, ObjectNode out) {
        out.put("id", id).put("type", "function");
        out.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        Signature.onChat(out, call.signature());
    }
}
