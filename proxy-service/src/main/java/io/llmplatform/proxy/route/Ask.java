package io.llmplatform.proxy.route;

import io.llmplatform.proxy.api.Operation;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What of a request decides where it goes. Belongs to one event loop.
 *
 * @param promptTokens the gateway's estimate; asked at most once, and only when a condition, a price or a limit needs it
 * @param metadata     tags of the caller's key
 * @param user         the request's {@code user} field
 * @param at           when it arrived: what is dated (prices) goes by it
 */
public record Ask(
        Operation operation,
        boolean stream,
        LongSupplier promptTokens,
        Map<String, String> metadata,
        @Nullable String user,
        Headers headers,
        Instant at) {
    /** Of the client's request; names in any case. A method reference to a Vert.x {@code MultiMap} fits. */
    @FunctionalInterface
    public interface Headers {
        @Nullable
        String get(String name);
    }

    public Ask {
        promptTokens = new Once(promptTokens);
        metadata = Map.copyOf(metadata);
    }

    private static final class Once implements LongSupplier {
        private @Nullable LongSupplier source;
        private long value;

        Once(LongSupplier source) {
            this.source = source;
        }

        @Override
        public long getAsLong() {
            if (source != null) {
                value = source.getAsLong();
                source = null;
            }
            return value;
        }
    }
}
