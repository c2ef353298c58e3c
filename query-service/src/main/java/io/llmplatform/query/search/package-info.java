/** The client of the search engine. */
@NullMarked
package io.llmplatform.query.search;

import org.jspecify.annotations.NullMarked;
