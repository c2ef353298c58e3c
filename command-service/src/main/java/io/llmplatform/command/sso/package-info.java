/**
 * Single sign-on by OpenID Connect (authorization code flow with PKCE): the settings, the provider, the proof of a login
 * that is under way, and which person of the provider is which account. Knows neither sessions nor accounts.
 */
@NullMarked
package io.llmplatform.command.sso;

import org.jspecify.annotations.NullMarked;
