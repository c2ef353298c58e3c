/**
 * Logging in and staying logged in: passwords are checked and guesses slowed down here, tokens handed out; the sessions of
 * the current person, their password and their second factor.
 */
@NullMarked
package io.llmplatform.command.login;

import org.jspecify.annotations.NullMarked;
