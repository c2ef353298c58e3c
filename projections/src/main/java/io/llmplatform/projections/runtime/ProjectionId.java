package io.llmplatform.projections.runtime;

/**
 * Identity of a projection.
 *
 * @param name    stable, such as {@code users}
 * @param version rises when what it makes of the same events changes; each version reads from the beginning
 */
public record ProjectionId(String name, int version) {}
