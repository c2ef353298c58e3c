package io.llmplatform.bench.run;

import io.llmplatform.bench.report.Sample;

/** How many usage records our gateway owes us. */
final class Tally {
    private long answered;
    private long cutOff;

    void add(Measure measure, Sample sample) {
        answered++; // the probe before it
        switch (measure) {
            case Measure.Whole whole -> {
                answered += sample.units() + sample.why().getOrDefault("status", 0);
                cutOff += whole.connections();
            }
            case Measure.Streamed streamed -> {
                // Each stream counted its chunks; those that failed may or may not have got as far as a record.
                answered += sample.units() / streamed.behaviour().chunks();
                cutOff += sample.failures();
            }
        }
    }

    long answered() {
        return answered;
    }

    long cutOff() {
        return cutOff;
    }
}
