/** One chat completion from the request bytes to the last byte of the answer: scan, rewrite, attempts, answer, usage. Runs on one event loop per request and never blocks it. */
@NullMarked
package io.llmplatform.proxy.call;

import org.jspecify.annotations.NullMarked;
