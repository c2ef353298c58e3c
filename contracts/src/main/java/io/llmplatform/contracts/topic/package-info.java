/** Topic names and their shape. */
@NullMarked
package io.llmplatform.contracts.topic;

import org.jspecify.annotations.NullMarked;
