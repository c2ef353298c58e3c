/** Port 8000: routing, request ids, CORS, health, documents, the model list and the way to the management services. */
@NullMarked
package io.llmplatform.proxy.frontdoor;

import org.jspecify.annotations.NullMarked;
