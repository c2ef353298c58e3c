package io.llmplatform.proxy.route;

import java.time.Duration;

/** A gate's answer. */
public sealed interface Pass {
    @FunctionalInterface
    non-sealed interface Granted extends Pass {
        /**
         * Called once, when the attempt is over: gives the place back and settles the tokens.
         *
         * @param tokens what the attempt really took, or the best estimate; 0 when it never came to an answer
         */
        void leave(long tokens);
    }

    /** @param retryAfter when there may be room again */
    record Full(Duration retryAfter) implements Pass {}
}
