/** What the gateway knows: the compacted topic {@code gateway.config.v1} held as an immutable snapshot, with a copy on disk for a cold start without broker. Readers only take {@link io.llmplatform.proxy.config.LiveConfig#current()}. */
@NullMarked
package io.llmplatform.proxy.config;

import org.jspecify.annotations.NullMarked;
