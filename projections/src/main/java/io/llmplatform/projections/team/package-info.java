/** The list of teams. Writes {@code readmodel.team}. */
@NullMarked
package io.llmplatform.projections.team;

import org.jspecify.annotations.NullMarked;
