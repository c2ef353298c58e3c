package io.llmplatform.bench.micro;

import io.llmplatform.bench.load.Prompt;
import io.llmplatform.proxy.api.ApiRequest;
import io.llmplatform.proxy.api.BadRequestException;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.api.RequestScan;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reads a chat request of the sizes that the load has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestScanBench {
    @Param({"1024", "10240", "102400"})
    public int bytes;

    private byte[] body = {};

    @Setup
    public void body() {
        body = Prompt.ofSize(bytes, "bench", false).getBytes(StandardCharsets.US_ASCII);
    }

    @Benchmark
    public ApiRequest scan() throws BadRequestException {
        return RequestScan.scan(Operation.CHAT, body);
    }
}
