/**
 * Real servers for integration tests, each a child process from {@code infra/embedded} on a free loopback port with
 * temporary data. They end with the test's process, also when that is killed; one that cannot start is an exception,
 * never a skipped test.
 */
@NullMarked
package io.llmplatform.testkit;

import org.jspecify.annotations.NullMarked;
