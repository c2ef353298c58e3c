package io.llmplatform.proxy.limit;

/** What a request would have gone beyond. */
public enum Reason {
    REQUESTS,
    TOKENS,
    CONCURRENCY,
    BUDGET
}
