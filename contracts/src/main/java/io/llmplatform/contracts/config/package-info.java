/** Records of the compacted topic {@code gateway.config.v1}: everything the gateway needs to serve, each record whole. */
@NullMarked
package io.llmplatform.contracts.config;

import org.jspecify.annotations.NullMarked;
