/** Waiting, bounded, until the read models include a write. */
@NullMarked
package io.llmplatform.query.consistency;

import org.jspecify.annotations.NullMarked;
