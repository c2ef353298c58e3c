/** What every entity was after each of its events, for the time machine. Writes {@code readmodel.entity_version}. */
@NullMarked
package io.llmplatform.projections.history;

import org.jspecify.annotations.NullMarked;
