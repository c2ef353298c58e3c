/** Full-text search over who changed what. */
@NullMarked
package io.llmplatform.query.audit;

import org.jspecify.annotations.NullMarked;
