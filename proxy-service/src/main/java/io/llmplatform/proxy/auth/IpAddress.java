package io.llmplatform.proxy.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An address as 128 bits, IPv4 as {@code ::ffff:0:0/96}. Read from text without any look-up, and strictly: four decimal numbers
 * without leading zeros, or RFC 4291's forms of IPv6.
 */
record IpAddress(long high, long low) {
    private static final long MAPPED = 0xFFFFL;

    boolean isV4() {
        return high == 0 && low >>> 32 == MAPPED;
    }

    /** @return absent when it is no address; zones ({@code %eth0}) are not understood */
    static @Nullable IpAddress parse(String text) {
        if (text.indexOf(':') >= 0) {
            return text.length() <= 45 ? parseV6(text) : null;
        }
        long v4 = parseV4(text, 0);
        return v4 < 0 ? null : new IpAddress(0, MAPPED << 32 | v4);
    }

    private static @Nullable IpAddress parseV6(String text) {
        var groups = new int[8];
        int count = 0;
        int gapAt = -1;
        int i = 0;
        if (text.startsWith("::")) {
            gapAt = 0;
            i = 2;
        }
        while (i < text.length()) {
            int stop = text.indexOf(':', i);
            if (stop < 0 && text.indexOf('.', i) >= 0) {
                long v4 = parseV4(text, i);
                if (v4 < 0 || count > 6) {
                    return null;
                }
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) v4 & 0xFFFF;
                break;
            }
            int group = parseGroup(text, i, stop < 0 ? text.length() : stop);
            if (group < 0 || count == 8) {
                return null;
            }
            groups[count++] = group;
            if (stop < 0) {
                break;
            }
            i = stop + 1;
            if (text.startsWith(":", i)) {
                if (gapAt >= 0) {
                    return null;
                }
                gapAt = count;
                i++;
            } else if (i == text.length()) {
                return null;
            }
        }
        if (gapAt < 0 ? count != 8 : count == 8) {
            return null;
        }
        if (gapAt >= 0) {
            int behind = count - gapAt;
            System.arraycopy(groups, gapAt, groups, 8 - behind, behind);
            Arrays.fill(groups, gapAt, 8 - behind, 0);
        }
        return new IpAddress(four(groups, 0), four(groups, 4));
    }

    private static long four(int[] groups, int at) {
        return (long) groups[at] << 48 | (long) groups[at + 1] << 32 | (long) groups[at + 2] << 16 | groups[at + 3];
    }

    private static int parseGroup(String text, int from, int to) {
        if (to == from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The rest of the text as an IPv4 address, or -1. */
    private static long parseV4(String text, int from) {
        long value = 0;
        int at = from;
        for (int part = 0; part < 4; part++) {
            int stop = part < 3 ? text.indexOf('.', at) : text.length();
            int octet = stop < 0 ? -1 : decimal(text, at, stop, 255);
            if (octet < 0) {
                return -1;
            }
            value = value << 8 | octet;
            at = stop + 1;
        }
        return value;
    }

    /** A number without sign and leading zeros, or -1. */
    static int decimal(String text, int from, int to, int max) {
        if (to <= from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value <= max ? value : -1;
    }
}
