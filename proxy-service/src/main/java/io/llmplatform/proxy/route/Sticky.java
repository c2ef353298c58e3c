package io.llmplatform.proxy.route;

import io.llmplatform.contracts.policy.Routing;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests that belong together on one deployment, for the sake of its prompt cache. Rendezvous hashing: every deployment
 * draws a number from its own id and the key, the best one wins. So all gateways choose the same, restarts change nothing,
 * and a deployment that joins only takes over the share of its weight.
 */
final class Sticky {
    private static final String HEADER = "header:";

    private Sticky() {}

    /** What the request is known by; null when it is not to stick. */
    static @Nullable String key(@Nullable Routing routing, Ask ask) {
        var by = routing == null ? null : routing.sticky();
        if (by == null) {
            return null;
        }
        var key = by.equals("user")
                ? ask.user()
                : by.startsWith(HEADER) ? ask.headers().get(by.substring(HEADER.length())) : null;
        return key == null || key.isEmpty() ? null : key;
    }

    /** @param among at least one */
    static Target choose(String key, List<Target> among) {
        return among.stream()
                .min(Comparator.comparingDouble(target -> draw(key, target)))
                .orElseThrow();
    }

    /** Exponentially distributed with the weight as its rate: the chance to be the lowest of several is that of its weight. */
    private static double draw(String key, Target target) {
        long bits = mixed(hash(hash(FNV_OFFSET, target.deploymentId()), key));
        double unit = ((bits >>> 11) + 0.5) * 0x1p-53;
        return -Math.log(unit) / target.weight();
    }

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        // So that the end of one text and the begin of the next cannot be exchanged.
        return (hash ^ text.length()) * FNV_PRIME;
    }

    /** Ids that differ in their last characters only shall not give similar numbers. */
    private static long mixed(long hash) {
        long bits = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        bits = (bits ^ (bits >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return bits ^ (bits >>> 33);
    }
}
