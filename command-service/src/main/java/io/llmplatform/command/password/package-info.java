/** Password hashing (Argon2id) with bounded memory, and the rules for new passwords. */
@NullMarked
package io.llmplatform.command.password;

import org.jspecify.annotations.NullMarked;
