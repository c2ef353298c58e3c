/** Domain events as stored and as published on {@code domain.v1}. Names and shapes are for ever; a change is a new revision, with the step to it in {@link io.llmplatform.contracts.event.EventHistory}. */
@NullMarked
package io.llmplatform.contracts.event;

import org.jspecify.annotations.NullMarked;
