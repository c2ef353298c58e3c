/**
 * Java clients as their users would hold them, against a running stack. May touch the stack's public addresses only:
 * the front door, by the names that {@code ./platform test} exports.
 */
@org.jspecify.annotations.NullMarked
package io.llmplatform.e2e;
