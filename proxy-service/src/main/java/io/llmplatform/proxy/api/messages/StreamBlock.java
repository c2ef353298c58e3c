package io.llmplatform.proxy.api.messages;

import io.llmplatform.contracts.json.ContractJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** A block that is being streamed or waits for its turn, with what of it the client has not been given yet. */
sealed interface StreamBlock {
    /** Enough is known for {@link #start}. */
    boolean canStart();

    /** As soon as another block stands behind it, nothing more of it will come. */
    boolean complete();

    ObjectNode start();

    /** The next delta, null when there is none now. */
    @Nullable
    ObjectNode next();

    private static ObjectNode typed(String type) {
        return ContractJson.mapper().createObjectNode().put("type", type);
    }

    private static @Nullable ObjectNode drain(StringBuilder pending, String type, String field) {
        if (pending.isEmpty()) {
            return null;
        }
        var delta = typed(type).put(field, pending.toString());
        pending.setLength(0);
        return delta;
    }

    record Text(StringBuilder pending) implements StreamBlock {
        @Override
        public boolean canStart() {
            return true;
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public ObjectNode start() {
            return typed("text").put("text", "");
        }

        @Override
        public @Nullable ObjectNode next() {
            return drain(pending, "text_delta", "text");
        }
    }

    /** A thought with its signature is sealed: what follows is another one. */
    final class Thought implements StreamBlock {
        private final StringBuilder pending = new StringBuilder();
        private final StringBuilder signature = new StringBuilder();
        private boolean sealed;

        boolean isSealed() {
            return sealed;
        }

        void text(String piece) {
            pending.append(piece);
        }

        void sign(String given) {
            signature.append(given);
            sealed = sealed || !given.isEmpty();
        }

        @Override
        public boolean canStart() {
            return true;
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public ObjectNode start() {
            return typed("thinking").put("thinking", "").put("signature", "");
        }

        @Override
        public @Nullable ObjectNode next() {
            var text = drain(pending, "thinking_delta", "thinking");
            return text == null ? drain(signature, "signature_delta", "signature") : text;
        }
    }

    /** One that comes whole. */
    record Whole(ObjectNode start) implements StreamBlock {
        @Override
        public boolean canStart() {
            return true;
        }

        @Override
        public boolean complete() {
            return true;
        }

        @Override
        public @Nullable ObjectNode next() {
            return null;
        }
    }

    /** A call of a tool. Its name is given away with the first piece of arguments, until which it may grow. */
    final class Call implements StreamBlock {
        private final String id;
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder arguments = new StringBuilder();
        private final @Nullable ObjectNode extra;
        private int given;

        Call(String id, @Nullable ObjectNode extra) {
            this.id = id;
            this.extra = extra;
        }

        String id() {
            return id;
        }

        boolean named() {
            return !name.isEmpty();
        }

        /** Some servers repeat the name with every piece of arguments. */
        void name(String piece) {
            if (arguments.isEmpty() && !name.toString().equals(piece)) {
                name.append(piece);
            }
        }

        void arguments(String piece) {
            arguments.append(piece);
        }

        @Override
        public boolean canStart() {
            return named() && !arguments.isEmpty();
        }

        @Override
        public boolean complete() {
            // Asked anew with every event while others wait: most often the last character is answer enough.
            if (arguments.isEmpty() || "}\n\r\t ".indexOf(arguments.charAt(arguments.length() - 1)) < 0) {
                return false;
            }
            try {
                return ContractJson.mapper().readTree(arguments.toString()).isObject();
            } catch (JacksonException e) {
                return false;
            }
        }

        @Override
        public ObjectNode start() {
            if (!named()) {
                throw new IllegalArgumentException("a call of a tool without a name");
            }
            var start = typed("tool_use").put("id", id).put("name", name.toString());
            start.putObject("input");
            return extra == null ? start : start.set("extra_content", extra);
        }

        @Override
        public @Nullable ObjectNode next() {
            if (given == arguments.length()) {
                return null;
            }
            var delta = typed("input_json_delta").put("partial_json", arguments.substring(given));
            given = arguments.length();
            return delta;
        }
    }
}
