/**
 * What operators ask of the projections: aggregate, commands, HTTP. Here it is only put on record, with who and why; the
 * projections read it from the log and do it.
 */
@NullMarked
package io.llmplatform.command.projection;

import org.jspecify.annotations.NullMarked;
