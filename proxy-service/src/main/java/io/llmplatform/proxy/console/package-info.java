/** Serves the built console from memory, with strict security headers. */
@NullMarked
package io.llmplatform.proxy.console;

import org.jspecify.annotations.NullMarked;
