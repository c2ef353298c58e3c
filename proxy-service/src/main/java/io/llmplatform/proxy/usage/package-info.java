/** Tokens and money: the provider's own counts, the estimate where there are none, and the cost by the price in force. */
@NullMarked
package io.llmplatform.proxy.usage;

import org.jspecify.annotations.NullMarked;
