package io.llmplatform.proxy.route;

import io.llmplatform.proxy.config.ProviderConfig;

/** Where one attempt goes. */
public record Target(String deploymentId, ProviderConfig provider, String upstreamModel) {}
