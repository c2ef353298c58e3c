package io.llmplatform.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    private final ProcessTree ourselves =
            new ProcessTree(List.of(ProcessHandle.current().pid()));

    @Test
    void readsWhatTheKernelKnowsOfALivingProcess() {
        // A JVM that has got this far has used some ticks and some megabytes.
        assertThat(ourselves.cpuMicros()).isPositive();
        assertThat(ourselves.residentBytes()).isGreaterThan(10_000_000);
        assertThat(ourselves.pids()).contains(ProcessHandle.current().pid());
    }

    @Test
    void countsNothingForOneThatIsGone() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        var tree = new ProcessTree(List.of(gone.pid()));
        assertThat(tree.cpuMicros()).isZero();
        assertThat(tree.residentBytes()).isZero();
    }
}
