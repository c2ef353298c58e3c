/** What the embedded servers share: arguments, the lock on the data folder, the READY line, the ways to end. */
@NullMarked
package io.llmplatform.embedded.launch;

import org.jspecify.annotations.NullMarked;
