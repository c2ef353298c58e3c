package io.llmplatform.proxy.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and ranges ({@code 10.0.0.0/8}, {@code 2001:db8::/32}) that a key may be used from. An IPv4 address and its
 * IPv4-mapped IPv6 form are the same; an IPv6 range such as {@code ::/0} holds no IPv4 address. Bits of a range's address behind its
 * prefix do not count. An entry that cannot be read matches nothing, so a list of only such entries lets nobody in.
 */
public final class AllowedIps {
    private final List<Range> ranges;

    private AllowedIps(List<Range> ranges) {
        this.ranges = ranges;
    }

    public static AllowedIps of(List<String> entries) {
        return new AllowedIps(
                entries.stream().map(Range::parse).filter(Objects::nonNull).toList());
    }

    /** @param ip as text; anything else, a name above all, is in no list. A zone ({@code fe80::1%eth0}) does not count. */
    public boolean contains(@Nullable String ip) {
        if (ip == null) {
            return false;
        }
        int zone = ip.indexOf('%');
        var address = IpAddress.parse(zone < 0 ? ip : ip.substring(0, zone));
        if (address == null) {
            return false;
        }
        for (var range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Lists already parsed. A list is known by its identity and forgotten with the configuration record that holds it. */
    public static final class Memo {
        private final Cache<List<String>, AllowedIps> parsed;

        /** @param maxLists how many are kept at most */
        public Memo(int maxLists) {
            parsed = Caffeine.newBuilder()
                    .weakKeys()
                    .maximumSize(maxLists)
                    .executor(Runnable::run)
                    .build();
        }

        /** @param entries immutable, the very instance of the configuration record */
        public AllowedIps of(List<String> entries) {
            return Objects.requireNonNull(parsed.get(entries, AllowedIps::of));
        }
    }

    private record Range(IpAddress base, int bits) {
        private static final int V4_OFFSET = 96;

        static @Nullable Range parse(String entry) {
            int slash = entry.indexOf('/');
            var base = IpAddress.parse(slash < 0 ? entry : entry.substring(0, slash));
            if (base == null) {
                return null;
            }
            // Ranges written in mapped form (::ffff:10.0.0.0/104) count their bits as IPv6 does.
            boolean dotted = base.isV4() && entry.indexOf(':') < 0;
            int max = dotted ? 32 : 128;
            int bits = slash < 0 ? max : IpAddress.decimal(entry, slash + 1, entry.length(), max);
            return bits < 0 ? null : new Range(base, dotted ? V4_OFFSET + bits : bits);
        }

        boolean contains(IpAddress address) {
            if (address.isV4() != (base.isV4() && bits >= V4_OFFSET)) {
                return false;
            }
            return same(base.high(), address.high(), Math.min(bits, 64))
                    && same(base.low(), address.low(), Math.max(bits - 64, 0));
        }

        private static boolean same(long a, long b, int bits) {
            return bits == 0 || (a ^ b) >>> 64 - bits == 0;
        }
    }
}
