/** The conventions of the management API: request ids, body limits, strict JSON, problem documents, dispatch of commands. */
@NullMarked
package io.llmplatform.command.http;

import org.jspecify.annotations.NullMarked;
