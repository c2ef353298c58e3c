/** The two load generators: wrk for whole answers, our own for streams. Both count what went wrong. */
@NullMarked
package io.llmplatform.bench.load;

import org.jspecify.annotations.NullMarked;
