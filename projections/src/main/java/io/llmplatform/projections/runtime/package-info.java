/** Runs projections: reads a topic from the offset that PostgreSQL holds, applies batches in one transaction with that offset, parks what cannot be applied. Knows no event and no table of a view. */
@NullMarked
package io.llmplatform.projections.runtime;

import org.jspecify.annotations.NullMarked;
