/** The list of providers. */
@NullMarked
package io.llmplatform.query.provider;

import org.jspecify.annotations.NullMarked;
