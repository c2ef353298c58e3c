/** Clocks of one event loop: many timers that are started often and hardly ever fire. */
@NullMarked
package io.llmplatform.proxy.time;

import org.jspecify.annotations.NullMarked;
