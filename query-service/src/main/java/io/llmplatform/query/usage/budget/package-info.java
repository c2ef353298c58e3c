/** How far budgets are spent, and when they will be. The gateway enforces them from counts of its own; this tells what usage says. */
@NullMarked
package io.llmplatform.query.usage.budget;

import org.jspecify.annotations.NullMarked;
