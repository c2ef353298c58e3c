/** The legacy text completions for providers that only know chat completions. Pure functions of JSON trees. */
@NullMarked
package io.llmplatform.proxy.api.completions;

import org.jspecify.annotations.NullMarked;
