/** What running parts tell about themselves, once a second, for whoever looks now. Nothing is derived from it. */
@NullMarked
package io.llmplatform.contracts.status;

import org.jspecify.annotations.NullMarked;
