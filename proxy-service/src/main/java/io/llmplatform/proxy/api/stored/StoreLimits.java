package io.llmplatform.proxy.api.stored;

import java.time.Duration;

/**
 * @param maxAge           from when it was stored
 * @param maxBytes         of all files together
 * @param maxResponseBytes of one file
 */
public record StoreLimits(Duration maxAge, long maxBytes, int maxResponseBytes) {
    /** A day, 1 GiB, 16 MiB. */
    public static final StoreLimits DEFAULT = new StoreLimits(Duration.ofHours(24), 1L << 30, 16 << 20);
}
