package io.llmplatform.command.login;

import io.llmplatform.command.access.Operation;
import io.llmplatform.contracts.http.Headers;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/** What a browser keeps while its person is at the provider. Lax: the provider sends them back from another site. */
final class SsoCookie {
    static final String NAME = "llm_platform_sso";
    private static final String PATH = Operation.BASE + "/auth/oidc";

    private SsoCookie() {}

    static void set(String value, Duration lifetime, HttpServletRequest request, HttpServletResponse response) {
        var cookie = ResponseCookie.from(NAME, value)
                .path(PATH)
                .maxAge(lifetime)
                .httpOnly(true)
                .secure("https".equals(request.getHeader(Headers.FORWARDED_PROTO)))
                .sameSite("Lax")
                .build();
        // On the response itself, as the refresh cookie: headers of an entity would take its place.
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        set("", Duration.ZERO, request, response);
    }
}
