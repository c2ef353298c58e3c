/** Carries the journal to Kafka: the only producer of {@code usage.v1}. Runs on threads of its own, never on an event loop. */
@NullMarked
package io.llmplatform.proxy.feed;

import org.jspecify.annotations.NullMarked;
