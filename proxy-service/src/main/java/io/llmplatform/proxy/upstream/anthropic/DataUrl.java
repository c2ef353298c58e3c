package io.llmplatform.proxy.upstream.anthropic;

import java.util.Locale;
import java.util.Optional;

/**
 * @param mediaType in lower case, without parameters
 * @param base64    not looked into
 */
record DataUrl(String mediaType, String base64) {
    private static final String SCHEME = "data:";
    private static final String ENCODING = ";base64";

    /** Empty when it is anything but a data URL in base64. */
    static Optional<DataUrl> of(String url) {
        int comma = url.indexOf(',');
        if (!url.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || comma < 0) {
            return Optional.empty();
        }
        var head = url.substring(SCHEME.length(), comma).toLowerCase(Locale.ROOT);
        if (!head.endsWith(ENCODING)) {
            return Optional.empty();
        }
        int end = head.indexOf(';');
        return Optional.of(new DataUrl(head.substring(0, end).strip(), url.substring(comma + 1)));
    }
}
