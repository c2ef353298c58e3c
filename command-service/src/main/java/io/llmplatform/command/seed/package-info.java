/** The first accounts: the demo's accounts, providers and models, or production's first administrator. By commands. */
@NullMarked
package io.llmplatform.command.seed;

import org.jspecify.annotations.NullMarked;
