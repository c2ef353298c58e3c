package io.llmplatform.bench.micro;

import io.llmplatform.contracts.apikey.ApiKeys;
import io.llmplatform.proxy.auth.AuthResult;
import io.llmplatform.proxy.auth.Authenticator;
import io.llmplatform.proxy.config.LiveConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the header to the answer for a key of the right form that nobody has: form, checksum, keyed hash, look-up. A
 * configuration with keys comes in by Kafka only; a key that is found costs two look-ups more.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyCheckBench {
    private final Vertx vertx = Vertx.vertx();
    private final Authenticator authenticator = new Authenticator(
            new LiveConfig(Clock.systemUTC()), "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), Clock.systemUTC());
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap()
            .add("host", "127.0.0.1:8000")
            .add("authorization", "Bearer " + ApiKeys.generate(new SecureRandom()))
            .add("content-type", "application/json");

    @Benchmark
    public AuthResult unknownKey() {
        return authenticator.authenticate(headers, vertx).result();
    }

    @TearDown
    public void close() {
        vertx.close().await();
    }
}
