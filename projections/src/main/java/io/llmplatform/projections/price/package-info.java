/** Rows of price versions. */
@NullMarked
package io.llmplatform.projections.price;

import org.jspecify.annotations.NullMarked;
