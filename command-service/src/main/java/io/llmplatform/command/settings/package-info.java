/** What the environment says, read and checked once at start. */
@NullMarked
package io.llmplatform.command.settings;

import org.jspecify.annotations.NullMarked;
