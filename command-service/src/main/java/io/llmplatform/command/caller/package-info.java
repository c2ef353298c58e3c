/** Who sends a request, and what goes into the metadata of the events it causes. */
@NullMarked
package io.llmplatform.command.caller;

import org.jspecify.annotations.NullMarked;
