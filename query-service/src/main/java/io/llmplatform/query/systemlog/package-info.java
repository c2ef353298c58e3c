/** What the services log. */
@NullMarked
package io.llmplatform.query.systemlog;

import org.jspecify.annotations.NullMarked;
