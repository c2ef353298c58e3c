/** A value of an edit that may be absent (keep), null (clear) or given. */
@NullMarked
package io.llmplatform.command.change;

import org.jspecify.annotations.NullMarked;
