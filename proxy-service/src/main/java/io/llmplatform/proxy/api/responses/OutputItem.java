package io.llmplatform.proxy.api.responses;

import tools.jackson.databind.node.ObjectNode;

/** One item of the output while it grows; announces itself when made. */
sealed interface OutputItem permits ReasoningItem, MessageItem, CallItem {
    String id();

    /** Its place in the output. */
    int index();

    /** No more comes; a second time does nothing. @param cut whether the model was stopped in the midst of it */
    void close(boolean cut);

    ObjectNode json();
}
