/** The keys that personal data in events is sealed under: made here, kept here, destroyed here. */
@NullMarked
package io.llmplatform.command.personal;

import org.jspecify.annotations.NullMarked;
