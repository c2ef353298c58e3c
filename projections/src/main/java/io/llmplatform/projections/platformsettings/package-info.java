/** The row of the platform's settings. */
@NullMarked
package io.llmplatform.projections.platformsettings;

import org.jspecify.annotations.NullMarked;
