/** Limits, budgets and restrictions as they come in bodies: bounds are checked here, values go on as the contracts' types. */
@NullMarked
package io.llmplatform.command.policy;

import org.jspecify.annotations.NullMarked;
