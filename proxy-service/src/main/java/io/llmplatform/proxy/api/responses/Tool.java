package io.llmplatform.proxy.api.responses;

import org.jspecify.annotations.Nullable;

/**
 * A tool the client runs, as both sides call it.
 *
 * @param chatName  what the provider knows it by
 * @param namespace of Codex, for tools of an MCP server
 */
record Tool(
        Kind kind, String chatName, String name, @Nullable String namespace) {
    enum Kind {
        FUNCTION("function_call", "fc"),
        /** Takes free text; a function with one string over there. */
        CUSTOM("custom_tool_call", "ctc");

        private final String item;
        private final String prefix;

        Kind(String item, String prefix) {
            this.item = item;
            this.prefix = prefix;
        }

        String item() {
            return item;
        }

        String prefix() {
            return prefix;
        }
    }

    private static final int LONGEST = 64;

    /** What a tool is called over there; also for calls in the history whose tool is gone. */
    static String chatName(@Nullable String namespace, String name) {
        if (namespace == null || namespace.isEmpty()) {
            return name;
        }
        var full = namespace.endsWith("__") ? namespace + name : namespace + "__" + name;
        return full.length() <= LONGEST
                ? full
                : full.substring(0, LONGEST - 9) + "_" + "%08x".formatted(full.hashCode());
    }
}
