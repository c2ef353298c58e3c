/** Reads that are recorded: who asked what of the audit log and the time machine, and what was exported. */
@NullMarked
package io.llmplatform.contracts.read;

import org.jspecify.annotations.NullMarked;
