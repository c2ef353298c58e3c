/** The meters of the gateway, named once. */
@NullMarked
package io.llmplatform.proxy.telemetry;

import org.jspecify.annotations.NullMarked;
