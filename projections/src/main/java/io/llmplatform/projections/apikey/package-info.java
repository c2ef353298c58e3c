/** The list of API keys, without their hashes. Writes {@code readmodel.api_key}. */
@NullMarked
package io.llmplatform.projections.apikey;

import org.jspecify.annotations.NullMarked;
