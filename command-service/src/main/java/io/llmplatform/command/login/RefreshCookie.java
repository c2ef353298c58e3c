package io.llmplatform.command.login;

import io.llmplatform.command.access.Operation;
import io.llmplatform.command.session.RefreshToken;
import io.llmplatform.contracts.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * The refresh token in a browser: out of reach of scripts, of other sites and of every other path. The front door refuses
 * requests of other origins that carry it.
 */
final class RefreshCookie {
    static final String NAME = "llm_platform_refresh";
    private static final String PATH = Operation.BASE + "/auth";

    private RefreshCookie() {}

    static void set(RefreshToken token, Duration lifetime, HttpServletRequest request, HttpServletResponse response) {
        add(token.secret(), lifetime, request, response);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        add("", Duration.ZERO, request, response);
    }

    private static void add(String value, Duration lifetime, HttpServletRequest request, HttpServletResponse response) {
        var cookie = ResponseCookie.from(NAME, value)
                .path(PATH)
                .maxAge(lifetime)
                .httpOnly(true)
                .secure("https".equals(request.getHeader(Headers.FORWARDED_PROTO)))
                .sameSite("Strict")
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
