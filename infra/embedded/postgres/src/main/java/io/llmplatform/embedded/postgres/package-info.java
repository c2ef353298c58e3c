/** One PostgreSQL server, run from the zonky binaries as a child of this process. */
@NullMarked
package io.llmplatform.embedded.postgres;

import org.jspecify.annotations.NullMarked;
