/** Accounts: aggregate, commands, HTTP, and the credential table that lives outside the events. */
@NullMarked
package io.llmplatform.command.user;

import org.jspecify.annotations.NullMarked;
