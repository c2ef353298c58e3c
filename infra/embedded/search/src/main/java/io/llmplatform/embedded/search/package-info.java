/** One OpenSearch node in a process of its own: its libraries clash with those of a Spring application. */
@NullMarked
package io.llmplatform.embedded.search;

import org.jspecify.annotations.NullMarked;
