package io.llmplatform.proxy.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The list of what tracing systems say to each other: passed on as it came, or not at all when any of it is malformed. */
final class TraceState {
    private static final int MAX_LENGTH = 512;
    private static final int MAX_MEMBERS = 32;
    private static final int MAX_RECEIVED = 8192;
    /** The specification lets these go first when the list must become shorter. */
    private static final int LONG_MEMBER = 128;

    private static final Pattern KEY =
            Pattern.compile("[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13}");
    private static final Pattern VALUE = Pattern.compile("[ -+\\--<>-~]{0,255}[!-+\\--<>-~]");

    private TraceState() {}

    static @Nullable String passedOn(List<String> headers) {
        var members = new ArrayList<String>();
        var keys = new HashSet<String>();
        int received = 0;
        for (var header : headers) {
            received += header.length();
            if (received > MAX_RECEIVED) {
                return null;
            }
            for (var part : header.split(",", -1)) {
                var member = trimmed(part);
                int equals = member.indexOf('=');
                if (member.isEmpty()) {
                    continue;
                }
                if (equals < 0
                        || !KEY.matcher(member.substring(0, equals)).matches()
                        || !VALUE.matcher(member.substring(equals + 1)).matches()
                        || !keys.add(member.substring(0, equals))
                        || members.size() == MAX_MEMBERS) {
                    return null;
                }
                members.add(member);
            }
        }
        return shortened(members);
    }

    private static @Nullable String shortened(List<String> members) {
        var text = String.join(",", members);
        if (text.length() > MAX_LENGTH) {
            members.removeIf(member -> member.length() > LONG_MEMBER);
            text = String.join(",", members);
        }
        while (text.length() > MAX_LENGTH) {
            members.removeLast();
            text = String.join(",", members);
        }
        return text.isEmpty() ? null : text;
    }

    private static String trimmed(String part) {
        int from = 0;
        int to = part.length();
        while (from < to && (part.charAt(from) == ' ' || part.charAt(from) == '\t')) {
            from++;
        }
        while (to > from && (part.charAt(to - 1) == ' ' || part.charAt(to - 1) == '\t')) {
            to--;
        }
        return part.substring(from, to);
    }
}
