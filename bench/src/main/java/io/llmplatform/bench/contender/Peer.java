package io.llmplatform.bench.contender;

import io.llmplatform.bench.load.Call;
import io.llmplatform.bench.process.Child;
import io.llmplatform.bench.process.ProcessTree;
import io.llmplatform.bench.process.Signals;
import io.llmplatform.bench.upstream.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;

/** A peer that runs as one process tree of ours. */
record Peer(String name, String version, String setup, Child child, Function<Behaviour, Call> calls) implements Target {

    /** Waits until it passes on the upstream's answer. */
    Peer ready(Duration patience) throws NotMeasured, IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var call = call(new Behaviour.Whole());
        while (true) {
            var fault = Probe.fault(call);
            if (fault.isEmpty()) {
                return this;
            } else if (!child.isAlive() || System.nanoTime() > deadline) {
                var words = child.lastWords();
                close();
                throw new NotMeasured("it did not get ready: " + fault + "; " + words);
            }
            Thread.sleep(200);
        }
    }

    @Override
    public Call call(Behaviour behaviour) {
        return calls.apply(behaviour);
    }

    @Override
    public ProcessTree processes() {
        return child.tree();
    }

    @Override
    public void hold() {
        Signals.hold(processes());
    }

    @Override
    public void release() {
        Signals.release(processes());
    }

    @Override
    public void close() {
        child.close();
    }
}
