package io.llmplatform.proxy.cache;

/**
 * @param maxBytes      of memory for all entries together
 * @param maxEntryBytes larger answers are not kept
 */
public record CacheSettings(long maxBytes, int maxEntryBytes) {
    public static final CacheSettings DEFAULT = new CacheSettings(64L * 1024 * 1024, 1024 * 1024);
}
