/**
 * One transaction around a write: {@code Idempotency-Key}, whose answer commits with what it answers, and
 * {@code dry_run}, which rolls everything back. Knows no feature and no command.
 */
@NullMarked
package io.llmplatform.command.write;

import org.jspecify.annotations.NullMarked;
