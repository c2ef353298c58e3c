/** Who is asking and what they may see: offline verification of access tokens, roles, disabled accounts. Denies by default. */
@NullMarked
package io.llmplatform.query.access;

import org.jspecify.annotations.NullMarked;
