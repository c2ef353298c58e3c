/** Analytics over requests: whole hours come from roll-ups, the edges from rows, percentiles from histograms. */
@NullMarked
package io.llmplatform.query.usage;

import org.jspecify.annotations.NullMarked;
