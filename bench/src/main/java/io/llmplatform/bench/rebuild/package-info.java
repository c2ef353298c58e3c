/**
 * How fast usage events become rows and search documents, and how soon after a request its use is seen. Works on a running
 * stack, through its topic, its database and {@code ./platform}; it shares no class with the services but the contracts.
 */
@NullMarked
package io.llmplatform.bench.rebuild;

import org.jspecify.annotations.NullMarked;
