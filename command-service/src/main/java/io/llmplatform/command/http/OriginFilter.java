package io.llmplatform.command.http;

import io.llmplatform.command.caller.Caller;
import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.id.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request an id and an origin. This service listens behind the front door only, so the front door's
 * {@code X-Request-Id} and {@code X-Forwarded-For} are believed; an id of another form is replaced.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class OriginFilter extends OncePerRequestFilter {
    /** Why the caller does it; kept with the events. */
    public static final String REASON = "X-Reason";

    private static final String ORIGIN = OriginFilter.class.getName() + ".origin";
    private static final String MDC_KEY = "request_id";
    private static final Pattern REQUEST_ID = Pattern.compile("req_[0-9A-Za-z_-]{1,60}");
    private static final int LONGEST = 500;

    private final Ids ids;

    OriginFilter(Ids ids) {
        this.ids = ids;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var given = request.getHeader(Headers.REQUEST_ID);
        var requestId = given != null && REQUEST_ID.matcher(given).matches() ? given : ids.next(Ids.Kind.REQUEST);
        request.setAttribute(
                ORIGIN,
                new Caller.Origin(
                        requestId,
                        address(request),
                        text(request.getHeader("User-Agent")),
                        text(request.getHeader(REASON))));
        response.setHeader(Headers.REQUEST_ID, requestId);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        try (var _ = MDC.putCloseable(MDC_KEY, requestId)) {
            chain.doFilter(request, response);
        }
    }

    /** @throws IllegalStateException when the filter did not run */
    public static Caller.Origin origin(HttpServletRequest request) {
        if (request.getAttribute(ORIGIN) instanceof Caller.Origin origin) {
            return origin;
        }
        throw new IllegalStateException("no origin: OriginFilter did not run");
    }

    static @Nullable String requestId(HttpServletRequest request) {
        return request.getAttribute(ORIGIN) instanceof Caller.Origin origin ? origin.requestId() : null;
    }

    private static @Nullable String address(HttpServletRequest request) {
        var forwarded = request.getHeader(Headers.FORWARDED_FOR);
        if (forwarded == null || forwarded.isBlank()) {
            return request.getRemoteAddr();
        }
        return text(forwarded.substring(forwarded.lastIndexOf(',') + 1).strip());
    }

    private static @Nullable String text(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return null;
        }
        return header.length() <= LONGEST ? header : header.substring(0, LONGEST);
    }
}
