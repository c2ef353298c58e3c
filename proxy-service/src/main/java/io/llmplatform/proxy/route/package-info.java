/**
 * From the model a caller asks for to the deployment that serves this attempt, and what happens when it does not: conditions,
 * priorities, strategies, stickiness, fallbacks, circuit breakers, cool-downs, retries, probes. Decides over configuration and
 * run-time state only: speaks no HTTP and sets no timers. {@link io.llmplatform.proxy.route.Router} is the way in.
 */
@NullMarked
package io.llmplatform.proxy.route;

import org.jspecify.annotations.NullMarked;
