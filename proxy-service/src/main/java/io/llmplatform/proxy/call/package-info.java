/** One call of the data plane, whatever its API: taken in, admitted, tried, carried to the client, recorded. Runs on one event loop per request and never blocks it. */
@NullMarked
package io.llmplatform.proxy.call;

import org.jspecify.annotations.NullMarked;
