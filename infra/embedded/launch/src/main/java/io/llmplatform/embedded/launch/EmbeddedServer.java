package io.llmplatform.embedded.launch;

/** A running server. */
public interface EmbeddedServer extends AutoCloseable {
    /** Blocks until the server has ended by itself, which is a failure, or by {@link #close}. */
    void awaitEnd() throws InterruptedException;

    /** Ends the server in good order; returns once its data is safe. Called once. */
    @Override
    void close();

    /** Starts a server. */
    @FunctionalInterface
    interface Factory {
        /**
         * Starts the server and returns once it serves.
         *
         * @throws LaunchFailure with a message for the person in front of it
         */
        EmbeddedServer start(LaunchOptions options) throws Exception;
    }
}
