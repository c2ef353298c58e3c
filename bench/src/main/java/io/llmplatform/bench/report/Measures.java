package io.llmplatform.bench.report;

import java.util.List;

/** Names of the measures, as they stand in the files. */
public final class Measures {
    public static final String LATENCY = "latency";
    public static final String THROUGHPUT_32 = "throughput-32";
    public static final String THROUGHPUT_256 = "throughput-256";
    public static final String BODY_10K = "body-10k";
    public static final String BODY_100K = "body-100k";
    public static final String FIRST_TOKEN = "first-token";
    public static final String STREAM_FAST = "stream-fast";
    public static final String STREAMS_1000 = "streams-1000";

    /** In the order in which they run. */
    public static final List<String> ALL = List.of(
            LATENCY, THROUGHPUT_32, THROUGHPUT_256, BODY_10K, BODY_100K, FIRST_TOKEN, STREAM_FAST, STREAMS_1000);

    private Measures() {}
}
