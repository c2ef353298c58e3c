package io.llmplatform.bench.micro;

import io.llmplatform.proxy.stream.SseSplitter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Cuts a stream of OpenAI chunks into its events; the time is that of one event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseScanBench {
    private static final int EVENTS = 200;

    private final byte[] event = ("data: {\"id\":\"chatcmpl-BenchBenchBench\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
                    + "\"model\":\"upstream\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" chunk 000001 of some\"},"
                    + "\"logprobs\":null,\"finish_reason\":null}],\"usage\":null}\n\n")
            .getBytes(StandardCharsets.UTF_8);

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void split(Blackhole hole) {
        var splitter = new SseSplitter(4 << 20, hole::consume);
        for (int i = 0; i < EVENTS; i++) {
            splitter.feed(event);
        }
        splitter.end();
    }
}
