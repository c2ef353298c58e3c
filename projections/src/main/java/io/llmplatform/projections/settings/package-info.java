/** Connections and settings from the environment. */
@NullMarked
package io.llmplatform.projections.settings;

import org.jspecify.annotations.NullMarked;
