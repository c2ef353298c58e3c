/** Searches of the audit log that a person keeps: aggregate, commands, HTTP. */
@NullMarked
package io.llmplatform.command.savedsearch;

import org.jspecify.annotations.NullMarked;
