package io.llmplatform.command.attempt;

import io.llmplatform.command.access.Callers;
import io.llmplatform.command.access.Operation;
import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Problem;
import io.llmplatform.command.http.RefusedWith;
import io.llmplatform.contracts.event.AttemptEvent;
import io.llmplatform.contracts.event.AttemptEvent.AccessDenied;
import io.llmplatform.contracts.event.AttemptEvent.CommandRefused;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Records what was refused, once the answer is given and its transaction over. A 400 is no attempt at anything, and a
 * dry run asks only; but what its caller may not do is recorded then too.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class AttemptFilter extends OncePerRequestFilter {
    private static final int FORBIDDEN = 403;
    private static final Set<Integer> REFUSED = Set.of(404, 409, 422);
    private static final Pattern ID = Pattern.compile("[a-z]{2,8}_[0-9a-z]{1,40}");
    private static final int LONGEST_DETAIL = 300;

    private final Attempts attempts;

    AttemptFilter(Attempts attempts) {
        this.attempts = attempts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        var caller = Callers.of(request);
        var problem = RefusedWith.of(request);
        var operation = Operation.of(request.getMethod(), request.getRequestURI());
        if (caller.isPresent() && problem.isPresent() && operation.isPresent()) {
            record(caller.get(), problem.get(), operation.get(), request);
        }
    }

    private void record(Caller caller, Problem problem, Operation operation, HttpServletRequest request) {
        if (operation.method().equals("GET")) {
            return;
        }
        if (problem.status() == FORBIDDEN) {
            attempts.record(caller, id -> denied(id, operation, problem, request));
        } else if (REFUSED.contains(problem.status()) && !"true".equals(request.getParameter("dry_run"))) {
            attempts.record(caller, id -> refused(id, operation, problem, request));
        }
    }

    private static AttemptEvent denied(String id, Operation operation, Problem problem, HttpServletRequest request) {
        return new AccessDenied(
                id, name(operation), entityType(operation), entityId(operation, request), detail(problem));
    }

    private static AttemptEvent refused(String id, Operation operation, Problem problem, HttpServletRequest request) {
        return new CommandRefused(
                id,
                name(operation),
                entityType(operation),
                entityId(operation, request),
                problem.status(),
                code(problem),
                detail(problem));
    }

    private static String name(Operation operation) {
        return operation.method() + " " + operation.path();
    }

    private static String code(Problem problem) {
        return problem.type().substring(problem.type().lastIndexOf(':') + 1);
    }

    /** Events are for ever: no detail that repeats a name, which may be a person's, or what stood in the path. */
    private static @Nullable String detail(Problem problem) {
        var detail = problem.detail();
        return switch (code(problem)) {
            case "name-taken", "not-found" -> null;
            default ->
                detail == null || detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
        };
    }

    /** {@code /api-keys/{id}} is about an {@code api_key}. */
    private static @Nullable String entityType(Operation operation) {
        var collection = operation.path().split("/", -1)[1];
        return collection.endsWith("s")
                ? collection.substring(0, collection.length() - 1).replace('-', '_')
                : null;
    }

    /** Only when it has the form of an id: anything may stand in a path. */
    private static @Nullable String entityId(Operation operation, HttpServletRequest request) {
        if (!operation.path().contains("/{id}")) {
            return null;
        }
        var id = request.getRequestURI().substring(Operation.BASE.length()).split("/", -1)[2];
        return ID.matcher(id).matches() ? id : null;
    }
}
