/** The list of accounts. */
@NullMarked
package io.llmplatform.query.user;

import org.jspecify.annotations.NullMarked;
