package io.llmplatform.command.access;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.command.http.OriginFilter;
import io.llmplatform.command.http.Problem;
import io.llmplatform.command.http.Problems;
import io.llmplatform.command.http.RefusedWith;
import io.llmplatform.command.session.Sessions;
import io.llmplatform.command.token.AccessTokenMint;
import io.llmplatform.command.user.Account;
import io.llmplatform.command.user.Accounts;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets a request pass only for an operation in the table, with a valid token of an open session of an active account, in
 * a role that may. Role and states are those of now: a token outlives neither its session nor a change of role nor the
 * account's disabling.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class AccessFilter extends OncePerRequestFilter {
    private static final String BEARER = "Bearer ";

    private final AccessTokenMint tokens;
    private final Sessions sessions;
    private final Accounts accounts;

    AccessFilter(AccessTokenMint tokens, Sessions sessions, Accounts accounts) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.accounts = accounts;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.equals("/health") || path.startsWith("/health/") || path.equals("/metrics");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var operation = Operation.of(request.getMethod(), request.getRequestURI());
        if (operation.filter(Operation::isPublic).isPresent()) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Caller> caller;
        try {
            caller = caller(request);
        } catch (DataAccessException e) {
            logger.warn("PostgreSQL is not available: " + e.getMessage());
            response.setHeader("Retry-After", "2");
            refuse(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "database-unavailable",
                    "the database is not available",
                    request,
                    response);
            return;
        }
        if (caller.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            refuse(HttpStatus.UNAUTHORIZED, "not-logged-in", "a valid access token is needed", request, response);
            return;
        }
        if (operation.isEmpty()) {
            refuseUnknown(request, response);
            return;
        }
        request.setAttribute(CallerArgument.ATTRIBUTE, caller.get());
        if (!operation.get().isAllowedFor(caller.get().role())) {
            refuse(
                    HttpStatus.FORBIDDEN,
                    "forbidden",
                    "the role " + caller.get().role().wire() + " may not do that",
                    request,
                    response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Caller> caller(HttpServletRequest request) {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        return tokens.verified(header.substring(BEARER.length()).strip())
                .filter(token -> sessions.isOpen(token.sessionId(), token.userId()))
                .flatMap(token -> accounts.byId(token.userId())
                        .filter(Account::active)
                        .map(account -> caller(account, token.sessionId(), request)));
    }

    private static Caller caller(Account account, String sessionId, HttpServletRequest request) {
        return new Caller(account.id(), account.username(), account.role(), OriginFilter.origin(request), sessionId);
    }

    private static void refuseUnknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (Operation.anyAt(request.getRequestURI())) {
            refuse(
                    HttpStatus.METHOD_NOT_ALLOWED,
                    "method-not-allowed",
                    "no " + request.getMethod() + " here",
                    request,
                    response);
        } else {
            refuse(HttpStatus.NOT_FOUND, "not-found", "no such operation", request, response);
        }
    }

    private static void refuse(
            HttpStatus status, String name, String detail, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var problem = Problem.of(status, name, detail);
        if (status == HttpStatus.FORBIDDEN) {
            RefusedWith.set(request, problem);
        }
        Problems.write(problem, request, response);
    }
}
