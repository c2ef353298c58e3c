package io.llmplatform.projections.runtime;

import org.jspecify.annotations.Nullable;

/**
 * How far a build is in its topic.
 *
 * @param lag       records not yet applied
 * @param records   applied since the beginning of the topic
 * @param perSecond records applied, lately
 */
record Progress(
        @Nullable Long lag,
        @Nullable Long records,
        @Nullable Double perSecond) {
    static final Progress UNKNOWN = new Progress(null, null, null);
}
