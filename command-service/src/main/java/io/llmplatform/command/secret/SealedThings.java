package io.llmplatform.command.secret;

import io.llmplatform.command.caller.Caller;

/** A feature that keeps secrets sealed. */
public interface SealedThings {
    /**
     * Seals under the current key what is still sealed under a former one. Harmless when repeated, or done by several
     * instances at once.
     *
     * @return how many were sealed anew
     */
    int rewrap(Caller caller);
}
