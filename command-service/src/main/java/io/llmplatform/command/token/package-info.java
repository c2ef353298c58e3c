/** Access tokens and the Ed25519 key pair that signs them; the public key is published as an event. */
@NullMarked
package io.llmplatform.command.token;

import org.jspecify.annotations.NullMarked;
