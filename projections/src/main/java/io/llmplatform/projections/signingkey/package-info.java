/** The public keys of access tokens. Writes {@code readmodel.signing_key}. */
@NullMarked
package io.llmplatform.projections.signingkey;

import org.jspecify.annotations.NullMarked;
