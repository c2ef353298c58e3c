/**
 * Has a service write what it logs to {@code logs.v1} as well, where it finds {@code KAFKA_BOOTSTRAP_SERVERS} in its environment.
 * Nothing waits for it: what the broker does not take is dropped and counted, and stands in the service's own output.
 */
@NullMarked
package io.llmplatform.logs;

import org.jspecify.annotations.NullMarked;
