package io.llmplatform.bench.report;

/** What a sample holds, with its unit. */
public enum Figure {
    /** Latency, or time to the first content chunk, in µs. */
    P50,
    P99,
    /** Requests, or chunks, a second. */
    PER_SECOND,
    /** CPU of the gateway's processes, in µs for each request or chunk, until they were quiet again. */
    CPU,
    /** CPU of the servers that work for the gateway (ours: Kafka), likewise. */
    COMPANION_CPU,
    /** What one tick of the kernel's clock is in {@link #CPU}: a difference below that says nothing. */
    CPU_RESOLUTION
}
