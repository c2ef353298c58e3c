/** How far the projections are, what is being built beside them, and what they could not apply. */
@NullMarked
package io.llmplatform.query.projection;

import org.jspecify.annotations.NullMarked;
