/** The one JSON mapping of the contracts: snake_case, ISO-8601 instants, no nulls written. */
@NullMarked
package io.llmplatform.contracts.json;

import org.jspecify.annotations.NullMarked;
