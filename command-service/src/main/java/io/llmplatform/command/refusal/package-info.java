/** The ways in which a command is refused, as types; {@code http} turns them into problem documents. */
@NullMarked
package io.llmplatform.command.refusal;

import org.jspecify.annotations.NullMarked;
