package io.llmplatform.proxy.config;

import org.jspecify.annotations.Nullable;

/**
 * A provider, ready to be called.
 *
 * @param secret its API key in clear; in memory only, never printed
 * @param usable false when its secret does not open
 */
public record ProviderConfig(
        String id,
        long version,
        boolean active,
        String name,
        String type,
        String baseUrl,
        @Nullable String secret,
        boolean usable) {
    @Override
    public String toString() {
        return "ProviderConfig[" + id + ", type=" + type + ", version=" + version + "]";
    }
}
