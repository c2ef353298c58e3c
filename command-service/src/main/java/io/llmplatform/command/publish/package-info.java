/** The publisher: every stored event goes to {@code domain.v1}, in commit order, at least once. */
@NullMarked
package io.llmplatform.command.publish;

import org.jspecify.annotations.NullMarked;
