/** The list of accounts. Writes {@code readmodel.users}. */
@NullMarked
package io.llmplatform.projections.user;

import org.jspecify.annotations.NullMarked;
