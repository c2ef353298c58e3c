package io.llmplatform.command.write;

import io.llmplatform.command.access.Callers;
import io.llmplatform.command.access.Operation;
import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.Problem;
import io.llmplatform.command.http.Problems;
import io.llmplatform.command.http.RefusedWith;
import io.llmplatform.contracts.http.Headers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads {@code Idempotency-Key} and {@code dry_run} of writes by known callers. Operations under {@code auth} have
 * neither: what counts their attempts must not be rolled back, nor an answer with a token be given twice.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 30)
class WriteFilter extends OncePerRequestFilter {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final String DRY_RUN = "dry_run";

    private final IdempotentAnswers answers;

    WriteFilter(IdempotentAnswers answers) {
        this.answers = answers;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return READS.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var caller = Callers.of(request).orElse(null);
        boolean login = request.getRequestURI().startsWith(Operation.BASE + "/auth/");
        var problem = problem(request, login);
        if (problem != null) {
            Problems.write(problem, request, response);
            return;
        }
        var write = caller == null || login ? null : write(caller, request);
        if (write == null) {
            chain.doFilter(request, response);
            return;
        }
        write.attachTo(request);
        var answer = new HeldAnswer(response);
        chain.doFilter(request, answer);
        if (!write.isDryRun() && RefusedWith.of(request).isPresent()) {
            keepRefusal(write, answer);
        }
        answer.send();
    }

    private static @Nullable Problem problem(HttpServletRequest request, boolean login) {
        String[] dryRun;
        try {
            dryRun = request.getParameterValues(DRY_RUN);
        } catch (InvalidParameterException e) {
            return Problem.of(HttpStatus.BAD_REQUEST, "invalid", "the query is malformed");
        }
        if (dryRun != null && (dryRun.length > 1 || !dryRun[0].equals("true") && !dryRun[0].equals("false"))) {
            return Problem.of(HttpStatus.BAD_REQUEST, "invalid", DRY_RUN + ": expected true or false");
        }
        if (login && dryRun != null && dryRun[0].equals("true")) {
            return Problem.of(HttpStatus.BAD_REQUEST, "invalid", DRY_RUN + ": not for operations under auth");
        }
        var keys = Collections.list(request.getHeaders(Headers.IDEMPOTENCY_KEY));
        return keys.size() > 1
                        || keys.size() == 1 && !KEY.matcher(keys.getFirst()).matches()
                ? Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid",
                        Headers.IDEMPOTENCY_KEY + ": expected once, 1 to 255 visible ASCII characters")
                : null;
    }

    private static @Nullable WriteRequest write(Caller caller, HttpServletRequest request) throws IOException {
        if ("true".equals(request.getParameter(DRY_RUN))) {
            return WriteRequest.dry(caller);
        }
        var key = request.getHeader(Headers.IDEMPOTENCY_KEY);
        return key == null ? null : WriteRequest.keyed(caller, key, request);
    }

    /** The transaction is rolled back already: a crash before this line only means that the refusal is judged again. */
    private void keepRefusal(WriteRequest write, HeldAnswer answer) {
        try {
            answers.keepUnlessThere(write, Answer.of(write, answer));
        } catch (DataAccessException e) {
            logger.warn("a refusal is not kept for its idempotency key: " + e.getMessage());
        }
    }
}
