/** Unique names, claimed in the transaction that stores the event. */
@NullMarked
package io.llmplatform.command.claim;

import org.jspecify.annotations.NullMarked;
