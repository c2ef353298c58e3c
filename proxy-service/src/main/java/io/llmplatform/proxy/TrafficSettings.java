package io.llmplatform.proxy;

import io.llmplatform.proxy.api.stored.StoreLimits;
import io.llmplatform.proxy.cache.CacheSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * @param maxConcurrent of the whole gateway; what is more is shed
 * @param maxAttempts   upstream calls for one request
 * @param allowPrivate  whether providers may live at loopback and private addresses
 * @param responses     folder of the stored responses
 * @param leaveOutWebSearch whether responses may leave out a web search that nobody here can run, instead of refusing it
 * @param redisUrl      shared by several gateways; absent = counters and cache are this one's own
 */
record TrafficSettings(
        int maxConcurrent,
        int maxAttempts,
        boolean allowPrivate,
        CacheSettings cache,
        Path responses,
        StoreLimits responseLimits,
        boolean leaveOutWebSearch,
        @Nullable String redisUrl) {}
