package io.llmplatform.proxy.frontdoor;

import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Tells whether a request with the cookie of a login comes from a page of another origin. {@code SameSite=Strict} keeps
 * browsers from sending it for another site; this also stops another port of the same host, and browsers too old for it.
 */
final class CookieGuard {
    private static final String COOKIE = "llm_platform_refresh=";

    private CookieGuard() {}

    static boolean refuses(HttpServerRequest request) {
        boolean carried = request.headers().getAll("Cookie").stream().anyMatch(cookies -> cookies.contains(COOKIE));
        if (!carried) {
            return false;
        }
        var site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.strip().equals("same-origin");
        }
        var origin = request.getHeader("Origin");
        return origin != null && !isOurs(origin, request);
    }

    /** Whether an origin is the host that the request names; with its port, unless a proxy has left that out. */
    private static boolean isOurs(String origin, HttpServerRequest request) {
        var authority = request.authority();
        try {
            var from = new URI(origin.strip());
            return authority != null
                    && from.getHost() != null
                    && from.getHost()
                            .toLowerCase(Locale.ROOT)
                            .equals(authority.host().toLowerCase(Locale.ROOT))
                    && (authority.port() < 0 || authority.port() == port(from));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int port(URI origin) {
        if (origin.getPort() >= 0) {
            return origin.getPort();
        }
        return "https".equals(origin.getScheme()) ? 443 : 80;
    }
}
