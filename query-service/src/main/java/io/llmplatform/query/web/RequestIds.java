package io.llmplatform.query.web;

import io.llmplatform.contracts.http.Headers;
import io.llmplatform.contracts.id.Ids;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Gives every request the id that the front door minted, or one of its own, in the answer and in the log. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class RequestIds extends OncePerRequestFilter {
    private static final String LOG_KEY = "request_id";
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Ids ids;

    RequestIds(Clock clock) {
        this.ids = new Ids(clock, new SecureRandom());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var given = request.getHeader(Headers.REQUEST_ID);
        var id = given != null && ACCEPTABLE.matcher(given).matches() ? given : ids.next(Ids.Kind.REQUEST);
        MDC.put(LOG_KEY, id);
        response.setHeader(Headers.REQUEST_ID, id);
        response.setHeader("Cache-Control", "no-store");
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(LOG_KEY);
        }
    }

    /** The id of the request at hand, null outside of one. */
    static @Nullable String current() {
        return MDC.get(LOG_KEY);
    }
}
