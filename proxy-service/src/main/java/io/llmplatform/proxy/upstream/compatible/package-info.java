/** Whatever speaks OpenAI's API: vLLM, Ollama, llama.cpp and many services. */
@NullMarked
package io.llmplatform.proxy.upstream.compatible;

import org.jspecify.annotations.NullMarked;
