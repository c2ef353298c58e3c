package io.llmplatform.proxy.api;

import io.llmplatform.proxy.usage.TokenEstimate;
import io.llmplatform.proxy.usage.Tokens;
import org.jspecify.annotations.Nullable;

/** Reads from what the client is about to get what the gateway must know of it. One per call; confined to its event loop. */
public interface Meter {
    /** @param json a whole answer, or the data of one event */
    Facts read(byte[] json);

    /** What the provider has reported so far, in all that was read. */
    @Nullable
    Tokens usage();

    /** The meter of an operation. */
    static Meter of(Operation operation, TokenEstimate said) {
        return switch (operation) {
            case CHAT, COMPLETIONS -> new ChatMeter(said);
            default -> new TypedMeter(said);
        };
    }

    /**
     * What one answer or event is.
     *
     * @param json      false when the bytes are no JSON object
     * @param error     it tells of an error and is no answer
     * @param content   says something (text, reasoning, a tool call)
     * @param finished  the answer has come to its end; what may follow are usage and end marks
     * @param last      nothing follows
     * @param usageOnly carries usage and nothing else
     * @param failure   a well-formed answer that says that the provider failed: the code it gives; absent for all others
     */
    record Facts(
            boolean json,
            boolean error,
            boolean content,
            boolean finished,
            boolean last,
            boolean usageOnly,
            @Nullable String failure) {
        static final Facts NOT_JSON = new Facts(false, false, false, false, false, false, null);
    }
}
