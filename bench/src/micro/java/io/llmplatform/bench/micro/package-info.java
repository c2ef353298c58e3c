/** JMH benchmarks of what the gateway does for each request, through the public entrances of its parts: {@code ./platform bench micro}. */
@NullMarked
package io.llmplatform.bench.micro;

import org.jspecify.annotations.NullMarked;
