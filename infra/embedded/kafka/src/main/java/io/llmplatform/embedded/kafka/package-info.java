/** One Kafka node, broker and controller at once (KRaft), in a process of its own. */
@NullMarked
package io.llmplatform.embedded.kafka;

import org.jspecify.annotations.NullMarked;
