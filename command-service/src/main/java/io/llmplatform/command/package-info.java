/** The write side: commands over HTTP, event-sourced aggregates on PostgreSQL, the publisher to {@code domain.v1}. Knows contracts and nothing else of ours. */
@NullMarked
package io.llmplatform.command;

import org.jspecify.annotations.NullMarked;
