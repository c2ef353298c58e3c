/** The search engine: indices behind aliases, and bulk writes that never lose a document. */
@NullMarked
package io.llmplatform.projections.search;

import org.jspecify.annotations.NullMarked;
