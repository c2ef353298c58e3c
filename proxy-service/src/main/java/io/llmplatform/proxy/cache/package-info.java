/**
 * Answers given again: which requests may be answered so, what makes two of them equal, and the two tiers that keep the
 * answers (memory, and Redis where there is one). Never blocks; a tier that is away is a miss and never an error. What it
 * may touch: {@code api} for the names of operations, {@code usage} for tokens.
 */
@NullMarked
package io.llmplatform.proxy.cache;

import org.jspecify.annotations.NullMarked;
