/** Teams, whose members share limits and budgets: aggregate, commands, HTTP. Who belongs to one stands at the users. */
@NullMarked
package io.llmplatform.command.team;

import org.jspecify.annotations.NullMarked;
