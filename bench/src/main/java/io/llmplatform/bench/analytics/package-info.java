/**
 * How long the questions of the dashboard take over a year of usage, and what a stored request takes on the disk. Rows are made in the
 * database of a stack of its own; the answers come from its query service over HTTP.
 */
@NullMarked
package io.llmplatform.bench.analytics;

import org.jspecify.annotations.NullMarked;
