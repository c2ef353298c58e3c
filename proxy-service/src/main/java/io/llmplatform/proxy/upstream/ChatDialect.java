package io.llmplatform.proxy.upstream;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What servers differ in that all speak OpenAI's chat: for requests that a translation made; a client's own bytes go as they are. */
public final class ChatDialect {
    private static final List<String> BESIDE_THE_ANSWER = List.of("reasoning_content", "thinking_blocks");

    private ChatDialect() {}

    /** OpenAI and others refuse members of a message that they do not know. */
    public static void withoutReasoning(ObjectNode chat) {
        for (var message : chat.path("messages")) {
            if (message instanceof ObjectNode object) {
                object.remove(BESIDE_THE_ANSWER);
            }
        }
    }

    /** DeepSeek and many small servers know the older name only. */
    public static void olderLimit(ObjectNode chat) {
        var limit = chat.remove("max_completion_tokens");
        if (limit != null && !chat.has("max_tokens")) {
            chat.set("max_tokens", limit);
        }
    }
}
