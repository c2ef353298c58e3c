package io.llmplatform.projections.runtime;

import org.jspecify.annotations.Nullable;

/**
 * How a projection is doing on this instance.
 *
 * @param lag    records not yet applied, null when not known
 * @param detail why it is failing, null when it is not
 */
public record ProjectionStatus(
        ProjectionId id,
        RunState state,
        @Nullable Long lag,
        @Nullable String detail) {}
