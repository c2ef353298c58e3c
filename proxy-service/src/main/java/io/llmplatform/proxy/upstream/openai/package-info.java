/** OpenAI's own API. */
@NullMarked
package io.llmplatform.proxy.upstream.openai;

import org.jspecify.annotations.NullMarked;
