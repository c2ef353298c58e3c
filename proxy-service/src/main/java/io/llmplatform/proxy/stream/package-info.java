/** Server-sent events as bytes: finding their borders whatever the packets look like, and reading what the bill needs. */
@NullMarked
package io.llmplatform.proxy.stream;

import org.jspecify.annotations.NullMarked;
