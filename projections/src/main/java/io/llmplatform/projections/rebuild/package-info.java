/**
 * Builds a projection anew beside the live one, compares the two, and swaps them, all on the request of an operator; and
 * does what operators want done with parked records.
 */
@NullMarked
package io.llmplatform.projections.rebuild;

import org.jspecify.annotations.NullMarked;
