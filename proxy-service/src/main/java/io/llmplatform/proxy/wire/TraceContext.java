package io.llmplatform.proxy.wire;

import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where a request stands in a distributed trace, by W3C Trace Context. The gateway is one span of it: it keeps the trace of the
 * client, or begins one when the client sent none or a broken one.
 *
 * @param traceId    32 hexadecimal digits, not all zero
 * @param spanId     16 likewise: the client's span, or in what {@link #next} gives, the gateway's
 * @param flags      of those that are defined: sampled (1), random trace id (2)
 * @param tracestate what to pass on, at most 512 characters
 */
public record TraceContext(
        String traceId, String spanId, int flags, @Nullable String tracestate) {
    public static final String TRACEPARENT = "traceparent";
    public static final String TRACESTATE = "tracestate";

    private static final int LENGTH = 55;
    private static final int KNOWN_FLAGS = 3;
    private static final int RANDOM = 2;
    private static final HexFormat HEX = HexFormat.of();

    /**
     * @param traceparents values of all headers of that name; only a single one is valid
     * @param tracestates  likewise; several are one list
     */
    public static TraceContext of(List<String> traceparents, List<String> tracestates, RandomGenerator random) {
        var text = traceparents.size() == 1 ? traceparents.getFirst() : "";
        if (!valid(text)) {
            return new TraceContext(
                    HEX.toHexDigits(random.nextLong()) + hexNotZero(random), hexNotZero(random), RANDOM, null);
        }
        return new TraceContext(
                text.substring(3, 35),
                text.substring(36, 52),
                HexFormat.fromHexDigits(text, 53, 55) & KNOWN_FLAGS,
                TraceState.passedOn(tracestates));
    }

    /** For a call to an upstream: the same trace, a span of its own. */
    public TraceContext next(RandomGenerator random) {
        return new TraceContext(traceId, hexNotZero(random), flags, tracestate);
    }

    /** The header's value, in version 00. */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + "-" + HEX.toHexDigits((byte) flags);
    }

    private static boolean valid(String text) {
        if (text.length() < LENGTH) {
            return false;
        }
        boolean shaped = hex(text, 0, 2)
                && text.charAt(2) == '-'
                && hex(text, 3, 35)
                && text.charAt(35) == '-'
                && hex(text, 36, 52)
                && text.charAt(52) == '-'
                && hex(text, 53, 55);
        if (!shaped || text.startsWith("ff") || zero(text, 3, 35) || zero(text, 36, 52)) {
            return false;
        }
        // Version 00 ends here; a later one may go on behind a dash.
        return text.length() == LENGTH || (!text.startsWith("00") && text.charAt(LENGTH) == '-');
    }

    private static boolean hex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean zero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }

    private static String hexNotZero(RandomGenerator random) {
        long bits = random.nextLong();
        while (bits == 0) {
            bits = random.nextLong();
        }
        return HEX.toHexDigits(bits);
    }
}
