/** What the gateway must know, as whole records on {@code gateway.config.v1}. */
@NullMarked
package io.llmplatform.projections.gatewayconfig;

import org.jspecify.annotations.NullMarked;
