package io.llmplatform.proxy.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.llmplatform.contracts.policy.IpRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Addresses and ranges ({@code 10.0.0.0/8}, {@code 2001:db8::/32}) that a key may be used from. An IPv4 address and its
 * IPv4-mapped IPv6 form are the same; an IPv6 range such as {@code ::/0} holds no IPv4 address. Bits of a range's address behind its
 * prefix do not count. An entry that cannot be read matches nothing, so a list of only such entries lets nobody in.
 */
public final class AllowedIps {
    private final List<IpRange> ranges;

    private AllowedIps(List<IpRange> ranges) {
        this.ranges = ranges;
    }

    public static AllowedIps of(List<String> entries) {
        var ranges = new ArrayList<IpRange>(entries.size());
        for (var entry : entries) {
            try {
                ranges.add(IpRange.parse(entry));
            } catch (IllegalArgumentException e) {
                // Never let in by what nobody can read.
                continue;
            }
        }
        return new AllowedIps(ranges);
    }

    /** @param ip as text; anything else, a name above all, is in no list. A zone ({@code fe80::1%eth0}) does not count. */
    public boolean contains(@Nullable String ip) {
        if (ip == null) {
            return false;
        }
        int zone = ip.indexOf('%');
        InetAddress address;
        try {
            address = IpRange.parse(zone < 0 ? ip : ip.substring(0, zone)).network();
        } catch (IllegalArgumentException e) {
            return false;
        }
        return ranges.stream().anyMatch(range -> range.contains(address));
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
}
