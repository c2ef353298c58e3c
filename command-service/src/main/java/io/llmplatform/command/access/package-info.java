/** Who may do what: the one table of operations and roles, and the filter that denies everything else. */
@NullMarked
package io.llmplatform.command.access;

import org.jspecify.annotations.NullMarked;
