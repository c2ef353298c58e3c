package io.llmplatform.contracts.policy;

import org.jspecify.annotations.Nullable;

/**
 * How much may pass. What is absent is unlimited; all values are positive.
 *
 * @param requestsPerMinute in any 60 seconds, counted by whole seconds
 * @param tokensPerMinute   prompt and completion together, likewise
 * @param concurrency       requests under way at a time
 */
public record Limits(
        @Nullable Long requestsPerMinute,
        @Nullable Long tokensPerMinute,
        @Nullable Integer concurrency) {}
