/**
 * Anthropic's messages API towards clients: its requests for providers that speak chat completions, and their answers
 * back. Knows JSON only; {@code upstream.anthropic} shares its way of reading requests.
 */
@NullMarked
package io.llmplatform.proxy.api.messages;

import org.jspecify.annotations.NullMarked;
