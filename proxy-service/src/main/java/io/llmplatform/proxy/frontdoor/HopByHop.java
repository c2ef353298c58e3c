package io.llmplatform.proxy.frontdoor;

import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Headers that end at each hop (RFC 9110, 7.6.1). */
final class HopByHop {
    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private HopByHop() {}

    /** Copies what may travel on, except names in {@code but} (lower case) and those that Connection lists. */
    static void copy(MultiMap from, MultiMap to, Set<String> but) {
        var listed = new HashSet<String>();
        for (var value : from.getAll("Connection")) {
            Arrays.stream(value.split(",", -1))
                    .map(name -> name.strip().toLowerCase(Locale.ROOT))
                    .forEach(listed::add);
        }
        for (var header : from) {
            var name = header.getKey().toLowerCase(Locale.ROOT);
            if (!ALWAYS.contains(name) && !listed.contains(name) && !but.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        }
    }
}
