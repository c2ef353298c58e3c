/** Work that comes again and again while the service runs. Knows no feature. */
@NullMarked
package io.llmplatform.command.schedule;

import org.jspecify.annotations.NullMarked;
