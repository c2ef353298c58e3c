/** The form of a translation between two APIs; the translations themselves stand with the API or the provider they serve. */
@NullMarked
package io.llmplatform.proxy.translate;

import org.jspecify.annotations.NullMarked;
