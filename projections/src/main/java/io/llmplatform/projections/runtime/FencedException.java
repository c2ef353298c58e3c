package io.llmplatform.projections.runtime;

/** Somebody has moved the offset, or the build: what this one read is applied already, or is to be applied elsewhere. */
final class FencedException extends RuntimeException {
    FencedException(Target target, String topic, int partition, long expected) {
        super("%s build %d in %s: offset of %s-%d is no longer %d there, somebody has moved it"
                .formatted(target.projection().name(), target.build(), target.schema(), topic, partition, expected));
    }

    FencedException(Target target) {
        super("%s build %d is not in %s any more"
                .formatted(target.projection().name(), target.build(), target.schema()));
    }
}
