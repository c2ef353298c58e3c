package io.llmplatform.proxy.translate;

import org.jspecify.annotations.Nullable;

/**
 * The provider has nothing of the kind: the client gets a 400 that names what, never an answer without it. Without stack
 * trace: it is an answer, not a fault.
 */
public final class UntranslatableException extends Exception {
    private final @Nullable String param;

    /**
     * @param param   the field at fault, such as {@code tools[0].type}
     * @param message a whole sentence for the client
     */
    public UntranslatableException(@Nullable String param, String message) {
        super(message, null, false, false);
        this.param = param;
    }

    public @Nullable String param() {
        return param;
    }

    @Override
    public String getMessage() {
        return java.util.Objects.requireNonNull(super.getMessage());
    }
}
