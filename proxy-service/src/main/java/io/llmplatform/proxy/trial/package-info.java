/**
 * Tries providers and deployments on behalf of an administrator, by the same adapters that serve callers, and past
 * everything that decides about callers: routing, breakers, limits, cache. Only the gateway can do it, for nobody else
 * opens a provider's secret.
 */
@NullMarked
package io.llmplatform.proxy.trial;

import org.jspecify.annotations.NullMarked;
