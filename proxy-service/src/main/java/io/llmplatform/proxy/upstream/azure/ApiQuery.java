package io.llmplatform.proxy.upstream.azure;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The query of a base URL, which tells the version of the API.
 *
 * @param pairs {@code name=value}, escaped as they were
 */
record ApiQuery(List<String> pairs) {
    private static final String VERSION = "api-version";
    private static final String DEFAULT_VERSION = "2024-10-21";
    private static final Pattern DATED = Pattern.compile("(?i)api-version=\\d{4}-\\d{2}-\\d{2}.*");

    /** @param query with its question mark, or empty */
    static ApiQuery of(String query) {
        var pairs = new ArrayList<String>();
        for (var pair : query.replaceFirst("^\\?", "").split("&", -1)) {
            if (!pair.isEmpty()) {
                pairs.add(pair);
            }
        }
        return new ApiQuery(List.copyOf(pairs));
    }

    /** For paths that must be told a version. */
    ApiQuery dated() {
        boolean told =
                pairs.stream().anyMatch(pair -> pair.regionMatches(true, 0, VERSION + "=", 0, VERSION.length() + 1));
        return told ? this : with(VERSION, DEFAULT_VERSION);
    }

    /** For {@code /openai/v1}, which refuses a date and takes {@code preview} or nothing. */
    ApiQuery undated() {
        return new ApiQuery(
                pairs.stream().filter(pair -> !DATED.matcher(pair).matches()).toList());
    }

    /** @param value escaped */
    ApiQuery with(String name, String value) {
        var more = new ArrayList<>(pairs);
        more.add(name + "=" + value);
        return new ApiQuery(List.copyOf(more));
    }

    String written() {
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
