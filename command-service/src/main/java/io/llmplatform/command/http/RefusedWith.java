package io.llmplatform.command.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Notes at a request that it was judged and refused, for filters that do something about it. Bodies that cannot be read
 * and failures of ours are no refusals.
 */
public final class RefusedWith {
    private static final String ATTRIBUTE = RefusedWith.class.getName();

    private RefusedWith() {}

    public static void set(HttpServletRequest request, Problem problem) {
        request.setAttribute(ATTRIBUTE, problem);
    }

    public static Optional<Problem> of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Problem problem ? Optional.of(problem) : Optional.empty();
    }
}
