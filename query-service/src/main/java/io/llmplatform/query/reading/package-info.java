/** Records who read the audit log, asked the time machine or exported something, before they get their answer. */
@NullMarked
package io.llmplatform.query.reading;

import org.jspecify.annotations.NullMarked;
