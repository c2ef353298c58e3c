/** Connections and settings from the environment. */
@NullMarked
package io.llmplatform.query.settings;

import org.jspecify.annotations.NullMarked;
