package io.llmplatform.proxy.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.util.Objects;

/**
 * A provider's address, taken apart.
 *
 * @param path  without a slash at its end; empty when there is none
 * @param query with its question mark; empty when there is none
 */
public record BaseUrl(boolean tls, String host, int port, String path, String query) {
    /** Each call asks; administrators configure few. */
    private static final Cache<String, BaseUrl> PARSED =
            Caffeine.newBuilder().maximumSize(1024).executor(Runnable::run).build();

    /** @throws IllegalArgumentException when it is no http(s) address */
    public static BaseUrl of(String baseUrl) {
        return Objects.requireNonNull(PARSED.get(baseUrl, BaseUrl::parse));
    }

    private static BaseUrl parse(String baseUrl) {
        var base = URI.create(baseUrl);
        boolean tls = "https".equalsIgnoreCase(base.getScheme());
        if (base.getHost() == null || !(tls || "http".equalsIgnoreCase(base.getScheme()))) {
            throw new IllegalArgumentException("base_url: expected http(s)://host/…");
        }
        int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
        var path = base.getRawPath() == null ? "" : base.getRawPath();
        return new BaseUrl(
                tls,
                base.getHost(),
                port,
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
                base.getRawQuery() == null ? "" : "?" + base.getRawQuery());
    }

    /** Path and query of something below this address; a query of the address itself stays. */
    public String resolve(String below) {
        return path + below + query;
    }
}
