package io.llmplatform.bench;

/** One thing that {@link Main} can do. */
public interface Subcommand {
    /** @return the exit status of the process */
    int run(Arguments arguments) throws Exception;
}
