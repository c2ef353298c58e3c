package io.llmplatform.command.access;

import io.llmplatform.command.caller.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who sent a request, for filters behind {@link AccessFilter} and around it. */
public final class Callers {
    private Callers() {}

    /** Nobody when the request is of a public operation, or came without a valid token. */
    public static Optional<Caller> of(HttpServletRequest request) {
        return request.getAttribute(CallerArgument.ATTRIBUTE) instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }
}
