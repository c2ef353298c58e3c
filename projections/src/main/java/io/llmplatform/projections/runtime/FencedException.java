package io.llmplatform.projections.runtime;

/** Another instance has moved the offset: what this one read is already applied. */
final class FencedException extends RuntimeException {
    FencedException(ProjectionId id, String topic, int partition, long expected) {
        super("%s v%d: offset of %s-%d is no longer %d, another instance has moved it"
                .formatted(id.name(), id.version(), topic, partition, expected));
    }
}
