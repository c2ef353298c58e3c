package io.llmplatform.contracts.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a request ended. */
public enum Outcome {
    /** The whole answer was handed to the client. */
    COMPLETED,
    /** The upstream, or the gateway on its behalf, answered with an error. */
    FAILED,
    /** The client left before the end; tokens are what had been produced by then. */
    ABORTED,
    /** Refused before any upstream was asked. */
    REJECTED,
    /** The gateway died in between: what the client saw is not known. */
    UNKNOWN;

    private final String wire = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String wire() {
        return wire;
    }

    @JsonCreator
    public static Outcome of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
