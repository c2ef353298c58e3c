/** Axon on PostgreSQL by JDBC, every bean declared by hand: engine, serializer, tokens, conflicts, positions. See RATIONALE.md. */
@NullMarked
package io.llmplatform.command.eventstore;

import org.jspecify.annotations.NullMarked;
