/**
 * Anthropic as a provider: its own API as it is, and chat completions translated to it and back. Pure JSON; connections,
 * framing and errors belong to the pipeline.
 */
@NullMarked
package io.llmplatform.proxy.upstream.anthropic;

import org.jspecify.annotations.NullMarked;
