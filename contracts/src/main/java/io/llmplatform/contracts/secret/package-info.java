/** Sealing of provider secrets under a key-encryption key that lives outside every store. */
@NullMarked
package io.llmplatform.contracts.secret;

import org.jspecify.annotations.NullMarked;
