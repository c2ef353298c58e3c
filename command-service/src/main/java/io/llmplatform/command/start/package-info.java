/** Work that must be done before the HTTP port opens, in order. Knows no feature. */
@NullMarked
package io.llmplatform.command.start;

import org.jspecify.annotations.NullMarked;
