/** DeepSeek: OpenAI's chat API with reasoning beside the answer. */
@NullMarked
package io.llmplatform.proxy.upstream.deepseek;

import org.jspecify.annotations.NullMarked;
