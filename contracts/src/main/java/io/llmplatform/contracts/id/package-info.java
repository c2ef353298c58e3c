/** Identifiers: a kind prefix and a ULID, so that they sort by time of creation. */
@NullMarked
package io.llmplatform.contracts.id;

import org.jspecify.annotations.NullMarked;
