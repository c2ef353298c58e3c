/** The state of what the read side depends on. */
@NullMarked
package io.llmplatform.query.system;

import org.jspecify.annotations.NullMarked;
