package io.llmplatform.command.policy;

import io.llmplatform.command.http.FieldErrors;
import io.llmplatform.contracts.policy.IpRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses and CIDR ranges in bodies. */
public final class IpRanges {
    private static final int MOST = 100;
    private static final int LONGEST = 50;

    private IpRanges() {}

    /** An empty list is refused: it would shut out everybody without saying so. */
    public static void check(FieldErrors errors, String field, @Nullable List<@Nullable String> ranges) {
        if (ranges == null) {
            return;
        }
        errors.check(!ranges.isEmpty() && ranges.size() <= MOST, field, "expected 1 to " + MOST);
        for (int i = 0; i < Math.min(ranges.size(), MOST); i++) {
            errors.check(
                    isRange(ranges.get(i)),
                    field + "[" + i + "]",
                    "expected an IPv4 or IPv6 address or a CIDR range such as 10.0.0.0/8");
        }
    }

    private static boolean isRange(@Nullable String text) {
        try {
            return text != null
                    && text.length() <= LONGEST
                    && IpRange.parse(text).prefix() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
