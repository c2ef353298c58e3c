/** The searches of the audit log that people keep. */
@NullMarked
package io.llmplatform.query.savedsearch;

import org.jspecify.annotations.NullMarked;
