/** The read API: lists, analytics and audit search, over read models that others fill. Changes nothing. */
@NullMarked
package io.llmplatform.query;

import org.jspecify.annotations.NullMarked;
