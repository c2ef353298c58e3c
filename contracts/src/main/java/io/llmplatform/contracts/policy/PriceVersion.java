package io.llmplatform.contracts.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model's prices. Never changed: a correction is a version of its own.
 *
 * @param number        1 for the first of a book, then without gaps
 * @param effectiveFrom from this moment on, until the next one begins
 * @param corrects      number of the version that it stands in for; absent when for none
 */
public record PriceVersion(
        int number,
        Instant effectiveFrom,
        Rates rates,
        @Nullable Integer corrects) {}
