package io.llmplatform.proxy.upstream;

/** How a call ended without a whole answer. */
public enum UpstreamFailure {
    /** No byte of an answer came: no connection, or it closed first. */
    UNREACHABLE,
    /** Connected, but the answer did not begin in time. */
    FIRST_BYTE_TIMEOUT,
    /** The answer began and then stood still. */
    IDLE_TIMEOUT,
    /** The answer began and then broke off. */
    BROKEN
}
