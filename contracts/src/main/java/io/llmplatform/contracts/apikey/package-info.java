/** The form and the keyed hash of platform API keys, shared by who issues them and who checks them. */
@NullMarked
package io.llmplatform.contracts.apikey;

import org.jspecify.annotations.NullMarked;
