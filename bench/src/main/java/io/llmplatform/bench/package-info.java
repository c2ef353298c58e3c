/** The entrance: {@code ./platform bench} calls {@link io.llmplatform.bench.Main} with a subcommand. */
@NullMarked
package io.llmplatform.bench;

import org.jspecify.annotations.NullMarked;
