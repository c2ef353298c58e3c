/** The list of models and their deployments. */
@NullMarked
package io.llmplatform.query.model;

import org.jspecify.annotations.NullMarked;
