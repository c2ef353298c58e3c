package io.llmplatform.contracts.policy;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Addresses that are not of the public Internet: a URL that leads there makes this platform a door into the network it
 * runs in. IPv6 forms that carry an IPv4 address count as that address. Ranges: IANA's registries of special-purpose
 * addresses, IPv4 and IPv6.
 */
public final class InternalNetworks {
    /** First address and length of the prefix of each IPv4 range that is not of the public Internet. */
    private static final int[][] NOT_PUBLIC = {
        {ip(0, 0, 0, 0), 8}, // this network
        {ip(10, 0, 0, 0), 8}, // private
        {ip(100, 64, 0, 0), 10}, // carrier-grade NAT
        {ip(127, 0, 0, 0), 8}, // loopback
        {ip(169, 254, 0, 0), 16}, // link-local, the metadata services of clouds among them
        {ip(172, 16, 0, 0), 12}, // private
        {ip(192, 0, 0, 0), 24}, // protocol assignments
        {ip(192, 0, 2, 0), 24}, // documentation
        {ip(192, 88, 99, 0), 24}, // 6to4 relays, given up
        {ip(192, 168, 0, 0), 16}, // private
        {ip(198, 18, 0, 0), 15}, // benchmarks
        {ip(198, 51, 100, 0), 24}, // documentation
        {ip(203, 0, 113, 0), 24}, // documentation
        {ip(224, 0, 0, 0), 4}, // multicast
        {ip(240, 0, 0, 0), 4}, // reserved, and broadcast
    };

    private InternalNetworks() {}

    public static boolean contains(InetAddress address) {
        return !isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == Integer.BYTES
                ? isPublic(bytes.getInt())
                : isPublic(bytes.getLong(), bytes.getLong());
    }

    private static boolean isPublic(int ipv4) {
        for (var range : NOT_PUBLIC) {
            if ((ipv4 ^ range[0]) >>> (Integer.SIZE - range[1]) == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPublic(long high, long low) {
        if (high == 0 && low >>> 32 == 0xFFFF) { // ::ffff:0:0/96, IPv4-mapped
            return isPublic((int) low);
        }
        if (high == 0x0064_FF9B_0000_0000L && low >>> 32 == 0) { // 64:ff9b::/96, NAT64
            return isPublic((int) low);
        }
        if (high >>> 61 != 1) { // 2000::/3 is all that was ever given out; IPv4-compatible ::/96 is given up
            return false;
        }
        if (high >>> 48 == 0x2002) { // 6to4
            return isPublic((int) (high >>> 16)) && !isatapOfPrivate(low);
        }
        if (high >>> 32 == 0x2001_0000L) { // Teredo: its server, and the client's address with all bits turned
            return isPublic((int) high) && isPublic(~(int) low);
        }
        boolean special = high >>> 41 == 0x2001_0000L >>> 9 // 2001::/23, protocol assignments and benchmarks
                || high >>> 32 == 0x2001_0DB8L // documentation
                || high >>> 44 == 0x3FFF0; // 3fff::/20, documentation
        return !special && !isatapOfPrivate(low);
    }

    /** ISATAP carries an IPv4 address behind {@code 0:5efe} or {@code 200:5efe} in any network. */
    private static boolean isatapOfPrivate(long low) {
        return (low >>> 32 & 0xFDFF_FFFFL) == 0x5EFE && !isPublic((int) low);
    }

    private static int ip(int a, int b, int c, int d) {
        return a << 24 | b << 16 | c << 8 | d;
    }
}
