package io.llmplatform.contracts.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Addresses that are not of the public Internet: a URL that leads there makes this platform a door into the network it
 * runs in. IPv6 forms that carry an IPv4 address count as that address.
 */
public final class InternalNetworks {
    private static final List<IpRange> RANGES = Stream.of(
                    "0.0.0.0/8", // unspecified, this network
                    "10.0.0.0/8",
                    "100.64.0.0/10", // carrier-grade NAT
                    "127.0.0.0/8",
                    "169.254.0.0/16", // link-local, metadata services of clouds
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15", // benchmarks
                    "224.0.0.0/4", // multicast
                    "240.0.0.0/4", // reserved, broadcast
                    "::/128",
                    "::1/128",
                    "fc00::/7", // unique local
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(IpRange::parse)
            .toList();

    /** Where the IPv4 address begins in them: compatible, NAT64, 6to4. */
    private static final List<Embedding> EMBEDDINGS = List.of(
            new Embedding(IpRange.parse("::/96"), 12),
            new Embedding(IpRange.parse("64:ff9b::/96"), 12),
            new Embedding(IpRange.parse("2002::/16"), 2));

    private InternalNetworks() {}

    public static boolean contains(InetAddress address) {
        return RANGES.stream().anyMatch(range -> range.contains(address))
                || EMBEDDINGS.stream()
                        .anyMatch(form -> form.range.contains(address) && contains(form.embedded(address)));
    }

    private record Embedding(IpRange range, int at) {
        InetAddress embedded(InetAddress address) {
            try {
                return InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), at, at + 4));
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an address", e);
            }
        }
    }
}
