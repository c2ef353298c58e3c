/**
 * The second factor of a login: codes of an authenticator app (TOTP) and recovery codes, their store, and the sealing of
 * their secrets. Knows neither logins nor accounts.
 */
@NullMarked
package io.llmplatform.command.secondfactor;

import org.jspecify.annotations.NullMarked;
