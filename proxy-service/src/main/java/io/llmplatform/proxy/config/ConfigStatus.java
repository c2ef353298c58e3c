package io.llmplatform.proxy.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * @param ready     whether the data plane may serve
 * @param connected whether the broker answered lately and everything it has is applied
 * @param staleness time since the configuration was last known to be complete; absent when it never was since the
 *                  start and the snapshot does not tell
 * @param entries   number of things known
 */
public record ConfigStatus(
        boolean ready, boolean connected, @Nullable Duration staleness, int entries) {}
