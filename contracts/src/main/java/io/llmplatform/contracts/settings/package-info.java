/** Settings that several services read from the environment, with the same meaning in each. */
@NullMarked
package io.llmplatform.contracts.settings;

import org.jspecify.annotations.NullMarked;
