package io.llmplatform.bench.report;

import static io.llmplatform.bench.report.Goal.ADDED;
import static io.llmplatform.bench.report.Goal.OURS_BY_THEIRS;
import static io.llmplatform.bench.report.Goal.THEIRS_BY_OURS;

import io.llmplatform.bench.contender.Targets;
import java.util.List;

/** The goals that a run can judge; the rest (rebuild, time to be visible, start) are measured elsewhere. */
final class Goals {
    static final long LOADED_BYTES = 400L * 1000 * 1000;

    static final List<Goal> ALL = List.of(
            new Goal(
                    "CPU per request",
                    Measures.THROUGHPUT_32,
                    Figure.CPU,
                    Targets.NGINX,
                    OURS_BY_THEIRS,
                    false,
                    2,
                    "× nginx's"),
            new Goal(
                    "CPU per request",
                    Measures.THROUGHPUT_32,
                    Figure.CPU,
                    Targets.PORTKEY,
                    THEIRS_BY_OURS,
                    true,
                    20,
                    "× less than Portkey's"),
            new Goal(
                    "CPU per request",
                    Measures.THROUGHPUT_32,
                    Figure.CPU,
                    Targets.BIFROST,
                    THEIRS_BY_OURS,
                    true,
                    2,
                    "× less than Bifrost's"),
            new Goal(
                    "throughput, 32 connections",
                    Measures.THROUGHPUT_32,
                    Figure.PER_SECOND,
                    Targets.NGINX,
                    OURS_BY_THEIRS,
                    true,
                    0.6,
                    "× nginx's"),
            new Goal(
                    "throughput, 32 connections",
                    Measures.THROUGHPUT_32,
                    Figure.PER_SECOND,
                    Targets.PORTKEY,
                    OURS_BY_THEIRS,
                    true,
                    15,
                    "× Portkey's"),
            new Goal(
                    "added latency p50, one connection",
                    Measures.LATENCY,
                    Figure.P50,
                    Targets.DIRECT,
                    ADDED,
                    false,
                    250,
                    "µs"),
            new Goal(
                    "added latency p99, one connection",
                    Measures.LATENCY,
                    Figure.P99,
                    Targets.DIRECT,
                    ADDED,
                    false,
                    1000,
                    "µs"),
            // Both include the direct call, so that one below the other means less added.
            new Goal(
                    "latency p50, one connection",
                    Measures.LATENCY,
                    Figure.P50,
                    Targets.PORTKEY,
                    OURS_BY_THEIRS,
                    false,
                    1,
                    "× Portkey's"),
            new Goal(
                    "latency p99, one connection",
                    Measures.LATENCY,
                    Figure.P99,
                    Targets.PORTKEY,
                    OURS_BY_THEIRS,
                    false,
                    1,
                    "× Portkey's"),
            new Goal(
                    "latency p50, one connection",
                    Measures.LATENCY,
                    Figure.P50,
                    Targets.LITELLM,
                    OURS_BY_THEIRS,
                    false,
                    1,
                    "× LiteLLM's"),
            new Goal(
                    "latency p99, one connection",
                    Measures.LATENCY,
                    Figure.P99,
                    Targets.LITELLM,
                    OURS_BY_THEIRS,
                    false,
                    1,
                    "× LiteLLM's"),
            new Goal(
                    "CPU per chunk, fast streams",
                    Measures.STREAM_FAST,
                    Figure.CPU,
                    Targets.NGINX,
                    OURS_BY_THEIRS,
                    false,
                    3,
                    "× nginx's"),
            new Goal(
                    "CPU per chunk, 1,000 slow streams",
                    Measures.STREAMS_1000,
                    Figure.CPU,
                    Targets.NGINX,
                    OURS_BY_THEIRS,
                    false,
                    3,
                    "× nginx's"),
            new Goal(
                    "added time to first token, p50",
                    Measures.FIRST_TOKEN,
                    Figure.P50,
                    Targets.DIRECT,
                    ADDED,
                    false,
                    500,
                    "µs"));

    private Goals() {}
}
