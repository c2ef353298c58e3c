package io.llmplatform.proxy.frontdoor;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The address and scheme a request came from, seen through the proxies that are trusted to tell it. */
final class ClientAddress {
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F.:]{2,45}");

    private final Set<String> trusted;

    ClientAddress(List<String> trustedProxies) {
        this.trusted = Set.copyOf(trustedProxies);
    }

    /** {@code https} or {@code http}: as the peer came, or as it says when it is a trusted proxy. */
    String scheme(HttpServerRequest request) {
        var remote = request.remoteAddress();
        var told = request.getHeader("X-Forwarded-Proto");
        boolean proxied = remote != null && told != null && trusted.contains(remote.hostAddress());
        return request.isSSL() || (proxied && told.strip().equalsIgnoreCase("https")) ? "https" : "http";
    }

    /** The peer; or, when that is a trusted proxy, the last address in its header that is not one. */
    @Nullable
    String of(HttpServerRequest request) {
        var remote = request.remoteAddress();
        var peer = remote == null ? null : remote.hostAddress();
        var forwarded = request.getHeader("X-Forwarded-For");
        if (peer == null || forwarded == null || !trusted.contains(peer)) {
            return peer;
        }
        var hops = forwarded.split(",", -1);
        for (int i = hops.length - 1; i >= 0; i--) {
            var hop = hops[i].strip();
            if (!ADDRESS.matcher(hop).matches()) {
                return peer;
            }
            if (!trusted.contains(hop)) {
                return hop;
            }
        }
        return peer;
    }
}
