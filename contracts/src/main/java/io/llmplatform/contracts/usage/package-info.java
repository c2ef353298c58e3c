/** The usage record that the gateway publishes on {@code usage.v1}, one per request. */
@NullMarked
package io.llmplatform.contracts.usage;

import org.jspecify.annotations.NullMarked;
