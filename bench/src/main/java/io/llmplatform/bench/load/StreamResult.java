package io.llmplatform.bench.load;

import java.util.Map;

/**
 * What the stream generator saw.
 *
 * @param started  streams asked for
 * @param complete those with all their content chunks and the end mark
 * @param chunks   content chunks, of all streams
 * @param failures why the others failed, and how often
 * @param micros   from the first request to the last byte
 * @param firstP50 µs from asking to the first content chunk, of the complete ones; NaN when there was none; {@code firstP99} likewise
 */
public record StreamResult(
        long started,
        long complete,
        long chunks,
        Map<String, Integer> failures,
        long micros,
        double firstP50,
        double firstP99) {

    public long failed() {
        return started - complete;
    }
}
