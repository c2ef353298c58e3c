/**
 * Google's Gemini API: where it is called, and chat completions and embeddings carried over to it and back. Knows the JSON
 * of both sides and nothing of the pipeline.
 */
@NullMarked
package io.llmplatform.proxy.upstream.gemini;

import org.jspecify.annotations.NullMarked;
