/** The time machine: entities, the whole configuration, and who could call what, as they were at a moment. Reads {@code readmodel.entity_version}. */
@NullMarked
package io.llmplatform.query.history;

import org.jspecify.annotations.NullMarked;
