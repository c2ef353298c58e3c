/** The searches of the audit log that people keep. Writes {@code readmodel.saved_search}. */
@NullMarked
package io.llmplatform.projections.savedsearch;

import org.jspecify.annotations.NullMarked;
