/** Header and claim names that travel between the services. */
@NullMarked
package io.llmplatform.contracts.http;

import org.jspecify.annotations.NullMarked;
