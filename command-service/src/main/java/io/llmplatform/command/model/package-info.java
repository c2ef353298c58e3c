/** Models that callers can name: aggregate, commands, HTTP. */
@NullMarked
package io.llmplatform.command.model;

import org.jspecify.annotations.NullMarked;
