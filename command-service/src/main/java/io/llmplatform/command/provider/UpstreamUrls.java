package io.llmplatform.command.provider;

import io.llmplatform.contracts.policy.InternalNetworks;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Keeps providers out of the network the platform runs in, as far as a URL tells: hosts that are literal addresses and
 * {@code localhost}. Names are not resolved here, since they may resolve otherwise later; the gateway looks at the
 * address whenever it connects.
 */
final class UpstreamUrls {
    /** What resolvers may take for an IPv4 address: its last part is a number. */
    private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");

    private static final Pattern PLAIN = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private UpstreamUrls() {}

    /** What is wrong with where the URL leads, if anything. A URL of no host leads nowhere. */
    static Optional<String> problem(String baseUrl) {
        String host;
        try {
            host = URI.create(baseUrl).getHost();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // told by the type's own check
        }
        return host != null && isInternal(host.toLowerCase(Locale.ROOT))
                ? Optional.of("must not lead to a loopback, private or link-local address"
                        + " (allowed with UPSTREAM_ALLOW_PRIVATE=true)")
                : Optional.empty();
    }

    private static boolean isInternal(String host) {
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return true;
        }
        if (NUMERIC.matcher(name).matches() && !PLAIN.matcher(name).matches()) {
            return true; // 2130706433, 0x7f.1, 0177.0.0.1: nobody needs it, and every resolver reads it its own way
        }
        var address = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
        try {
            return InternalNetworks.contains(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return false; // a name
        }
    }
}
