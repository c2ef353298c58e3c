/** Settings that hold for the whole platform and take effect while it runs: aggregate, command, HTTP. */
@NullMarked
package io.llmplatform.command.platformsettings;

import org.jspecify.annotations.NullMarked;
