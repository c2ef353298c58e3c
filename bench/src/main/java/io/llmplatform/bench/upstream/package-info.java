/** The fixed provider behind every gateway: what it answers stands in the path, so that a base URL chooses it. */
@NullMarked
package io.llmplatform.bench.upstream;

import org.jspecify.annotations.NullMarked;
