/** Everything that is derived from the logs: read models, search documents and the gateway's configuration. */
@NullMarked
package io.llmplatform.projections;

import org.jspecify.annotations.NullMarked;
