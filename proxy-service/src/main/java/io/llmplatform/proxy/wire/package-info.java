/** The shapes of errors: OpenAI's envelope on the data plane, RFC 9457 problems on the management API. */
@NullMarked
package io.llmplatform.proxy.wire;

import org.jspecify.annotations.NullMarked;
