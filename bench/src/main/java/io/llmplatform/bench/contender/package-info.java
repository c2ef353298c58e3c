/** What is measured: our gateway, its peers, and the direct call. Each starts itself, or says why it cannot. */
@NullMarked
package io.llmplatform.bench.contender;

import org.jspecify.annotations.NullMarked;
