package io.llmplatform.bench.upstream;

import java.util.Optional;
import java.util.regex.Pattern;

/** What the fixed upstream does with a request, and the path prefix that asks for it. */
public sealed interface Behaviour {
    /** The prefix in front of {@code /v1/chat/completions}. */
    String prefix();

    /** One name without slashes, for models and files. */
    default String label() {
        return prefix().substring(1).replace('/', '-');
    }

    /** A whole answer at once. */
    record Whole() implements Behaviour {
        @Override
        public String prefix() {
            return "/json";
        }
    }

    /** A whole answer after a while. */
    record Delayed(int millis) implements Behaviour {
        @Override
        public String prefix() {
            return "/delay/" + millis;
        }
    }

    /** A stream of content chunks; an interval of 0 means one after the other as the socket takes them, each by a write of its own. */
    record Stream(int chunks, int intervalMillis) implements Behaviour {
        @Override
        public String prefix() {
            return "/sse/" + chunks + "/" + intervalMillis;
        }
    }

    /** The behaviour that a path asks for. */
    static Optional<Behaviour> of(String path) {
        var parts = Paths.PREFIX.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        } else if (parts.group("stream") != null) {
            return Optional.of(
                    new Stream(Integer.parseInt(parts.group("chunks")), Integer.parseInt(parts.group("interval"))));
        } else if (parts.group("delay") != null) {
            return Optional.of(new Delayed(Integer.parseInt(parts.group("millis"))));
        }
        return Optional.of(new Whole());
    }

    /** Where a path's parts are. */
    final class Paths {
        private static final Pattern PREFIX = Pattern.compile(
                "(/json|(?<delay>/delay/(?<millis>\\d{1,6}))|(?<stream>/sse/(?<chunks>\\d{1,6})/(?<interval>\\d{1,6})))/v1/chat/completions");

        private Paths() {}
    }
}
