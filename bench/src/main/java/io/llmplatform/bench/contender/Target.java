package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.process.ProcessTree;
import io.llmplatform.bench.upstream.Behaviour;
import java.util.List;

/** Something that answers chat completions, started and ready. */
public interface Target extends AutoCloseable {
    String name();

    String version();

    /** How it is set up, in a sentence for the reader of the table. */
    String setup();

    /** How it is asked for a behaviour; one of those it was started with. */
    Call call(Behaviour behaviour);

    /** What its CPU and memory are read from; empty for the direct call. */
    ProcessTree processes();

    /** Servers that work for it, in their own processes; their CPU is told apart. */
    default ProcessTree companions() {
        return new ProcessTree(List.of());
    }

    /** Keeps it from taking CPU while others are measured. */
    void hold();

    /** Undoes {@link #hold()}. */
    void release();

    @Override
    void close();
}
