/** The list of providers, without their secrets. Writes {@code readmodel.provider}. */
@NullMarked
package io.llmplatform.projections.provider;

import org.jspecify.annotations.NullMarked;
