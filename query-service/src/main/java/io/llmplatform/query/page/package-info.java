/** Keyset pagination and filters of lists. */
@NullMarked
package io.llmplatform.query.page;

import org.jspecify.annotations.NullMarked;
