/**
 * Writes that people tried and did not get, as events of their own: refused by a rule, or denied. Bounded, so that
 * nobody fills the log by failing; what is left out is counted and told.
 */
@NullMarked
package io.llmplatform.command.attempt;

import org.jspecify.annotations.NullMarked;
