package io.llmplatform.proxy.upstream.anthropic;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A block of a stream that is not closed yet, where more than its deltas matters. */
sealed interface OpenBlock {
    /** Gathered for a later turn, which must bring it back unchanged. */
    record Thought(ObjectNode block, StringBuilder text, StringBuilder signature) implements OpenBlock {
        Thought(ObjectNode block) {
            this(
                    block,
                    new StringBuilder(block.path("thinking").asString("")),
                    new StringBuilder(block.path("signature").asString("")));
        }

        ObjectNode whole() {
            return block.path("type").asString("").equals("redacted_thinking")
                    ? block
                    : block.put("thinking", text.toString()).put("signature", signature.toString());
        }
    }

    /** Input of a tool: usually streamed; nothing at all when it takes no arguments; whole at the start from some servers. */
    final class Input implements OpenBlock {
        /** In place of an ordinal: the input is the answer itself. */
        static final int TEXT = -1;

        private final int ordinal;
        private final JsonNode given;
        private boolean streamed;

        /** @param ordinal counts calls of tools only */
        Input(int ordinal, JsonNode given) {
            this.ordinal = ordinal;
            this.given = given;
        }

        int ordinal() {
            return ordinal;
        }

        void streamed() {
            streamed = true;
        }

        /** What its end still owes. */
        String rest() {
            if (streamed) {
                return "";
            }
            return given.isObject() ? given.toString() : "{}";
        }
    }
}
