/** What belongs to every request as such: how it came and how it left, its trace, its line in the access log, the shapes of errors. */
@NullMarked
package io.llmplatform.proxy.wire;

import org.jspecify.annotations.NullMarked;
