package io.llmplatform.proxy.upstream.openai;

import java.net.URI;

/** The address of a provider's chat API, taken apart once. */
record Endpoint(boolean tls, String host, int port, String uri) {
    /** @throws IllegalArgumentException when the base URL is no http(s) address */
    static Endpoint of(String baseUrl) {
        var base = URI.create(baseUrl);
        boolean tls = "https".equalsIgnoreCase(base.getScheme());
        if (base.getHost() == null || !(tls || "http".equalsIgnoreCase(base.getScheme()))) {
            throw new IllegalArgumentException("base_url: expected http(s)://host/…");
        }
        int port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
        var path = base.getRawPath() == null ? "" : base.getRawPath();
        var trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        var query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return new Endpoint(tls, base.getHost(), port, trimmed + "/chat/completions" + query);
    }
}
