/**
 * The Responses API for providers that only know chat completions: its requests as chat requests, chat answers and chunks
 * as its answers and events. Pure functions of JSON trees; what is stored between two requests lives in {@code api.stored}.
 */
@NullMarked
package io.llmplatform.proxy.api.responses;

import org.jspecify.annotations.NullMarked;
