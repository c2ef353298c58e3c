package io.llmplatform.proxy.route;

import java.time.Duration;

/**
 * @param window         calls that are looked back at
 * @param minimumCalls   fewer never open it
 * @param failurePercent of the calls in the window, at which it opens
 * @param openFor        the first time; doubles each time its trials fail
 * @param longestOpen    where the doubling ends
 * @param trials         calls let through when it is half open; they decide
 * @param longestCooling bound on what a provider may ask for by {@code Retry-After}
 */
public record BreakerSettings(
        int window,
        int minimumCalls,
        int failurePercent,
        Duration openFor,
        Duration longestOpen,
        int trials,
        Duration longestCooling) {
    public static final BreakerSettings DEFAULT =
            new BreakerSettings(20, 5, 50, Duration.ofSeconds(10), Duration.ofMinutes(2), 2, Duration.ofMinutes(5));
}
