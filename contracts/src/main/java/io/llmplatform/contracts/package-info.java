/** What the modules agree on: events, messages, topics and wire conventions. Depends on nothing of ours and on no framework. */
@NullMarked
package io.llmplatform.contracts;

import org.jspecify.annotations.NullMarked;
