/** What the kernel knows of a process and its descendants: CPU time and resident memory; and how to start, hold and end one. */
@NullMarked
package io.llmplatform.bench.process;

import org.jspecify.annotations.NullMarked;
