/** The platform's settings. */
@NullMarked
package io.llmplatform.query.platformsettings;

import org.jspecify.annotations.NullMarked;
