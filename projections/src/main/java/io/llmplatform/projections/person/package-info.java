/** The keys of persons, as the command-service publishes them, with which personal data in events is opened. */
@NullMarked
package io.llmplatform.projections.person;

import org.jspecify.annotations.NullMarked;
