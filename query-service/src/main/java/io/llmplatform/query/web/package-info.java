/** What every request goes through: its id, the checks of its parameters against the API document, problems. */
@NullMarked
package io.llmplatform.query.web;

import org.jspecify.annotations.NullMarked;
