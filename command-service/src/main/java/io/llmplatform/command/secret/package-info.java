/** Rewrapping of everything that is sealed, after a change of the key-encryption key. Knows no feature that seals. */
@NullMarked
package io.llmplatform.command.secret;

import org.jspecify.annotations.NullMarked;
