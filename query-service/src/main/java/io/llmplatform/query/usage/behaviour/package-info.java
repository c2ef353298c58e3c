/** What people do: who is active, who comes back, and when usage is not as usual. */
@NullMarked
package io.llmplatform.query.usage.behaviour;

import org.jspecify.annotations.NullMarked;
