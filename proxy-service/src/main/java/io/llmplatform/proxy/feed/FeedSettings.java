package io.llmplatform.proxy.feed;

/** @param replicationFactor of {@code usage.v1}, should the feed be the one to create it */
public record FeedSettings(String bootstrapServers, short replicationFactor) {}
