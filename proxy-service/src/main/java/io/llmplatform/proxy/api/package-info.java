/** What clients may ask for, API by API: what a request must look like, what of it steers the gateway, what an answer tells about its cost. */
@NullMarked
package io.llmplatform.proxy.api;

import org.jspecify.annotations.NullMarked;
