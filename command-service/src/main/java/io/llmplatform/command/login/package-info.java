/** Logging in, the current person and their password. */
@NullMarked
package io.llmplatform.command.login;

import org.jspecify.annotations.NullMarked;
