package io.llmplatform.proxy.upstream;

/** A call under way. */
public interface UpstreamCall {
    /** No more data until {@link #resume}; the provider feels the backpressure, its timeouts rest. */
    void pause();

    void resume();

    /** Ends it at once; the listener hears nothing more. */
    void cancel();
}
