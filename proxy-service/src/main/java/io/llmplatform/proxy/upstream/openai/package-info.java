/** Providers that speak OpenAI's chat API: bytes through, credentials swapped, nothing else changed. */
@NullMarked
package io.llmplatform.proxy.upstream.openai;

import org.jspecify.annotations.NullMarked;
