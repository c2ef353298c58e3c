package io.llmplatform.bench.report;

import java.util.Map;

/**
 * One target under one measure in one round.
 *
 * @param units    requests, or chunks of streams, that were answered; what {@link Figure#CPU} is divided by
 * @param failures everything that was not a good answer; a sample with any is shown as failed and never averaged
 * @param why      of the failures, where it is known, with counts
 */
public record Sample(
        int round,
        String measure,
        String target,
        long units,
        long failures,
        Map<String, Integer> why,
        Map<Figure, Double> figures) {}
