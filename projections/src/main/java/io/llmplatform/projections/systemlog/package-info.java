/** What the services log, to be searched. */
@NullMarked
package io.llmplatform.projections.systemlog;

import org.jspecify.annotations.NullMarked;
