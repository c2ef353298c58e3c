/** Azure OpenAI: OpenAI's API under other addresses and with another header for the key. Bodies are OpenAI's. */
@NullMarked
package io.llmplatform.proxy.upstream.azure;

import org.jspecify.annotations.NullMarked;
