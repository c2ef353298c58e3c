/** How columns of the read model that hold nested values are read. */
@NullMarked
package io.llmplatform.query.column;

import org.jspecify.annotations.NullMarked;
