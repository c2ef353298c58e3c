/** Sessions whose tokens are refused. Writes {@code readmodel.closed_session}. */
@NullMarked
package io.llmplatform.projections.session;

import org.jspecify.annotations.NullMarked;
