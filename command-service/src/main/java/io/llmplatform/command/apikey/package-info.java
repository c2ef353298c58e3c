/** API keys of the data plane: aggregate, commands, HTTP. The key itself leaves this package once, in one answer. */
@NullMarked
package io.llmplatform.command.apikey;

import org.jspecify.annotations.NullMarked;
