package io.llmplatform.proxy.api.responses;

import org.jspecify.annotations.Nullable;

/**
 * The ids of one response and its items. An item's id contains that of its response, so that a client's reference to an
 * item leads to the stored response without an index: {@code resp_01k9} has items such as {@code msg_01k9_0} and
 * {@code fc_01k9_1}, and its input {@code msg_01k9_i0}.
 */
public final class ItemIds {
    private static final String RESPONSE = "resp_";

    private final String tail;
    private int next;

    /** @param requestId such as {@code req_01k9…} */
    public ItemIds(String requestId) {
        tail = requestId.substring(requestId.indexOf('_') + 1);
    }

    /** Of the response itself. */
    public String response() {
        return RESPONSE + tail;
    }

    String next(String prefix) {
        return prefix + "_" + tail + "_" + next++;
    }

    /** Of the item at a place of the input of a response. */
    public static String ofInput(String responseId, String prefix, int index) {
        return prefix + "_" + responseId.substring(responseId.indexOf('_') + 1) + "_i" + index;
    }

    /** The response an item of ours belongs to; null where the id is not of our making. */
    public static @Nullable String responseOf(String itemId) {
        int first = itemId.indexOf('_');
        int last = itemId.lastIndexOf('_');
        return first < 0 || last <= first + 1 ? null : RESPONSE + itemId.substring(first + 1, last);
    }
}
