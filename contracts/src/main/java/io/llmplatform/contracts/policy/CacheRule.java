package io.llmplatform.contracts.policy;

/**
 * That answers to equal, deterministic requests may be given again.
 *
 * @param ttlSeconds how long, 1 to 604,800
 */
public record CacheRule(long ttlSeconds) {}
