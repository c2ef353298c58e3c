/** The built-in provider that answers by itself, for demos, tests and dry runs of clients without a bill. */
@NullMarked
package io.llmplatform.proxy.upstream.mock;

import org.jspecify.annotations.NullMarked;
