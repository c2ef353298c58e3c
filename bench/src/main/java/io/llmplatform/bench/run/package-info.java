/** One run: the upstream, the targets, the measures in alternation, the samples, and the account at the end. */
@NullMarked
package io.llmplatform.bench.run;

import org.jspecify.annotations.NullMarked;
