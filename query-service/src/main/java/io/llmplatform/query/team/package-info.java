/** The list of teams. */
@NullMarked
package io.llmplatform.query.team;

import org.jspecify.annotations.NullMarked;
