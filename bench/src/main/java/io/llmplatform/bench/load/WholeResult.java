package io.llmplatform.bench.load;

/**
 * What wrk saw.
 *
 * @param requests answers that came whole, whatever their status
 * @param micros   length of the run
 * @param status   answers with a status from 400 on
 * @param connect  connections refused; {@code read}, {@code write}, {@code timeout} likewise what failed on the socket
 * @param p50      latency in µs, as the percentiles and the rest after it
 */
public record WholeResult(
        long requests,
        long micros,
        long status,
        long connect,
        long read,
        long write,
        long timeout,
        double p50,
        double p90,
        double p99,
        double p999,
        double max,
        double mean) {

    /** Everything that was not a good answer. */
    public long failures() {
        return status + connect + read + write + timeout;
    }

    public double perSecond() {
        return requests * 1e6 / micros;
    }
}
