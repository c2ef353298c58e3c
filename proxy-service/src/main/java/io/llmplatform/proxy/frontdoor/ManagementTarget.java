package io.llmplatform.proxy.frontdoor;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a management service is asked for, in the form that RFC 3986 allows: its server answers any other with a page. */
final class ManagementTarget {
    private static final String UNRESERVED_AND_DELIMITERS = "-._~!$&'()*+,=:@/";
    private static final String QUERY = UNRESERVED_AND_DELIMITERS + ";?%";
    private static final Pattern LOOSE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ManagementTarget() {}

    /**
     * Only paths that every reader takes the same way: no dot segments, no empty ones, nothing encoded that could become a
     * separator or a dot, or be decoded twice.
     */
    static boolean isPlain(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        if (lower.contains("%2f")
                || lower.contains("%5c")
                || lower.contains("%2e")
                || lower.contains("%25")
                || lower.contains("%00")
                || lower.contains("//")) {
            return false;
        }
        for (var segment : path.split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return path.chars().allMatch(c -> c == '%' || isOneOf(UNRESERVED_AND_DELIMITERS, c))
                && !LOOSE_PERCENT.matcher(path).find()
                && decoded(path)
                        .filter(text -> text.chars().noneMatch(Character::isISOControl))
                        .isPresent();
    }

    /** Whether two hex digits follow every percent sign and the octets are UTF-8. */
    static boolean isSound(@Nullable String query) {
        return query == null
                || (!LOOSE_PERCENT.matcher(query).find()
                        && decoded(escaped(query)).isPresent());
    }

    /** @param query as it came: each character stands for one byte, escaped here where it may not stand for itself */
    static String of(String path, @Nullable String query) {
        return query == null ? path : path + "?" + escaped(query);
    }

    private static String escaped(String query) {
        var out = new StringBuilder(query.length());
        for (byte octet : query.getBytes(StandardCharsets.ISO_8859_1)) {
            if (isOneOf(QUERY, octet)) {
                out.append((char) octet);
            } else {
                out.append('%').append(HEX.toHexDigits(octet));
            }
        }
        return out.toString();
    }

    private static Optional<String> decoded(String escaped) {
        var octets = URLDecoder.decode(escaped, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isOneOf(String others, int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.indexOf(c) >= 0;
    }
}
