/** Sealing of personal data in events under a key for each person, so that a person is forgotten by destroying one key. */
@NullMarked
package io.llmplatform.contracts.personal;

import org.jspecify.annotations.NullMarked;
