/** Who calls: API keys by keyed hash, console sessions by token signature, both against the live configuration. Never blocks. */
@NullMarked
package io.llmplatform.proxy.auth;

import org.jspecify.annotations.NullMarked;
