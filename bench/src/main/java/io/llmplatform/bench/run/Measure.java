package io.llmplatform.bench.run;

import io.llmplatform.bench.load.StreamPlan;
import io.llmplatform.bench.upstream.Behaviour;

/** One load, the same for each target. */
sealed interface Measure {
    String name();

    Behaviour behaviour();

    /** About how long it takes. */
    int seconds();

    /** Whole answers by wrk. */
    record Whole(String name, int connections, int bodyBytes, int seconds) implements Measure {
        @Override
        public Behaviour behaviour() {
            return new Behaviour.Whole();
        }
    }

    /** Streams by our own generator. */
    record Streamed(String name, Behaviour.Stream behaviour, StreamPlan plan) implements Measure {
        @Override
        public int seconds() {
            return (int) (plan.again().toSeconds()
                            + plan.ramp().toSeconds()
                            + (long) behaviour.chunks() * behaviour.intervalMillis() / 1000)
                    + 1;
        }
    }
}
