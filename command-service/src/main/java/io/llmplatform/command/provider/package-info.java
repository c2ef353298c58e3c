/** Providers of models: aggregate, commands, HTTP; their API keys are sealed before a command exists. */
@NullMarked
package io.llmplatform.command.provider;

import org.jspecify.annotations.NullMarked;
