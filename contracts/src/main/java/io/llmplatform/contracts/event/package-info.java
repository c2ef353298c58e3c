/** Domain events as stored and as published on {@code domain.v1}. Names and shapes are for ever; a change is a new revision with an upcaster. */
@NullMarked
package io.llmplatform.contracts.event;

import org.jspecify.annotations.NullMarked;
