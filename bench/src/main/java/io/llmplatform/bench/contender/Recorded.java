package io.llmplatform.bench.contender;

/**
 * What usage/summary says about the key of a run.
 *
 * @param completed of the requests, those whose answer went out whole
 * @param millis    from asking first until the number no longer grew
 */
public record Recorded(long requests, long completed, long millis) {}
