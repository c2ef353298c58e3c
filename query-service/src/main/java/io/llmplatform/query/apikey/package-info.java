/** The list of API keys. */
@NullMarked
package io.llmplatform.query.apikey;

import org.jspecify.annotations.NullMarked;
