/** What the services say of themselves. */
@NullMarked
package io.llmplatform.contracts.log;

import org.jspecify.annotations.NullMarked;
