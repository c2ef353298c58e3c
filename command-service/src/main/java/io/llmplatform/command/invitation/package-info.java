/** One-time links by which a person sets their first password: the token, its store, and a brake for those who guess. */
@NullMarked
package io.llmplatform.command.invitation;

import org.jspecify.annotations.NullMarked;
