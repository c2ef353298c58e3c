/** The list of models with their deployments. Writes {@code readmodel.model} and {@code readmodel.deployment}. */
@NullMarked
package io.llmplatform.projections.model;

import org.jspecify.annotations.NullMarked;
