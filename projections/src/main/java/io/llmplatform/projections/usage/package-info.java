/** What every request used: rows, hourly roll-ups with histograms, and search documents. */
@NullMarked
package io.llmplatform.projections.usage;

import org.jspecify.annotations.NullMarked;
