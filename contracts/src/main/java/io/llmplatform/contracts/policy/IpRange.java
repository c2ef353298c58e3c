package io.llmplatform.contracts.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An IPv4 or IPv6 address, or a CIDR range of them. Never resolves a name. An IPv4 address written as IPv6
 * ({@code ::ffff:10.0.0.1}) is that IPv4 address.
 *
 * @param network any address of the range
 * @param prefix  how many leading bits are those of the network
 */
public record IpRange(InetAddress network, int prefix) {
    private static final int MAPPED = 96;
    /** Without leading zeros: some read those as octal. */
    private static final Pattern IPV4 = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    /** @throws IllegalArgumentException when it is neither an address nor a range */
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        var address = address(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * 8;
        if (slash < 0) {
            return new IpRange(address, bits);
        }
        // Written as IPv6, the prefix counts the 96 bits before the IPv4 address too.
        int before = address instanceof Inet4Address && text.indexOf(':') >= 0 ? MAPPED : 0;
        var prefix = text.substring(slash + 1);
        boolean fits = PREFIX.matcher(prefix).matches()
                && Integer.parseInt(prefix) >= before
                && Integer.parseInt(prefix) <= before + bits;
        if (!fits) {
            throw new IllegalArgumentException(
                    "'" + text + "' (expected a prefix of " + before + " to " + (before + bits) + ")");
        }
        return new IpRange(address, Integer.parseInt(prefix) - before);
    }

    public boolean contains(InetAddress candidate) {
        var mine = network.getAddress();
        var other = candidate.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != other[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((mine[whole] ^ other[whole]) & (0xff00 >> rest) & 0xff) == 0;
    }

    private static InetAddress address(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        boolean plain = IPV4.matcher(lower).matches() || IPV6.matcher(lower).matches();
        try {
            if (plain) {
                return IPV4.matcher(lower).matches() ? Inet4Address.ofLiteral(lower) : InetAddress.ofLiteral(lower);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' (expected an IPv4 or IPv6 address)", e);
        }
        throw new IllegalArgumentException("'" + text + "' (expected an IPv4 or IPv6 address)");
    }
}
