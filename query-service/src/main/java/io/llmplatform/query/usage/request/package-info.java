/** Requests one by one: as a list, as a file, and each with everything that is known of it. */
@NullMarked
package io.llmplatform.query.usage.request;

import org.jspecify.annotations.NullMarked;
