package io.llmplatform.proxy.upstream.mock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmplatform.contracts.event.ModelEvent;
import io.llmplatform.proxy.api.Operation;
import io.llmplatform.proxy.config.ProviderConfig;
import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.llmplatform.proxy.upstream.UpstreamSettings;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MockUpstreamTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Context LOOP = VERTX.getOrCreateContext();
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(Mock.CREATED), ZoneOffset.UTC);
    private static final UpstreamSettings LONG =
            new UpstreamSettings(Duration.ofSeconds(9), Duration.ofSeconds(9), Duration.ofSeconds(9));
    private static final UpstreamSettings SHORT =
            new UpstreamSettings(Duration.ofSeconds(9), Duration.ofMillis(30), Duration.ofMillis(20));
    private static final String CHAT = "{'messages':[{'role':'user','content':'Hi'}],'max_tokens':5}";

    private RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    /** What a listener heard; all on one event loop. */
    private static final class Heard implements UpstreamListener {
        final List<String> parts = new ArrayList<>();
        final CompletableFuture<String> end = new CompletableFuture<>();
        int status;
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        boolean returned;
        Consumer<Heard> onData = heard -> {};

        @Override
        public void head(int code, MultiMap of) {
            assertThat(returned).isTrue();
            assertThat(status).isZero();
            status = code;
            headers = of;
        }

        @Override
        public void data(Buffer chunk) {
            assertThat(status).isPositive();
            assertThat(end).isNotDone();
            parts.add(chunk.toString());
            onData.accept(this);
        }

        @Override
        public void end() {
            assertThat(end.complete("end")).isTrue();
        }

        @Override
        public void failed(UpstreamFailure failure) {
            assertThat(end.complete(failure.name())).isTrue();
        }

        String ended() {
            return end.orTimeout(5, TimeUnit.SECONDS).join();
        }

        long texts() {
            return parts.stream()
                    .filter(part -> part.contains("\"content\":\"") && !part.contains("role"))
                    .count();
        }
    }

    @Test
    void aStreamComesPieceByPieceAndEndsOnce() {
        var heard = call("mock:?first_token_ms=1&token_ms=1", Operation.CHAT, CHAT, true, LONG);
        assertThat(heard.ended()).isEqualTo("end");
        assertThat(heard.status).isEqualTo(200);
        assertThat(heard.headers.get("content-type")).isEqualTo("text/event-stream");
        assertThat(heard.parts).hasSize(1 + 5 + 2);
        assertThat(heard.parts.getLast()).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void aWholeAnswerIsThoughtAboutAsLongAsItWouldBeTalked() {
        long before = System.nanoTime();
        var heard = call("mock:?first_token_ms=10&token_ms=10", Operation.CHAT, CHAT, false, LONG);
        assertThat(heard.ended()).isEqualTo("end");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(55));
        assertThat(heard.parts).hasSize(1);
        assertThat(Mock.json(heard.parts.getFirst())
                        .at("/usage/completion_tokens")
                        .asInt())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "0,true,BROKEN,0",
        "2,true,BROKEN,2",
        "5,true,BROKEN,5",
        "6,true,end,5",
        "5,false,BROKEN,0",
        "6,false,end,0"
    })
    void breaksAfterSoManyTokens(int tokens, boolean stream, String end, int texts) {
        var heard = call("mock:?first_token_ms=0&token_ms=0&break_after=" + tokens, Operation.CHAT, CHAT, stream, LONG);
        assertThat(heard.ended()).isEqualTo(end);
        assertThat(heard.status).isEqualTo(200);
        if (stream) {
            assertThat(heard.texts()).isEqualTo(texts);
            assertThat(heard.parts.toString().contains("[DONE]")).isEqualTo(end.equals("end"));
        } else {
            assertThat(heard.parts.getFirst().endsWith("}")).isEqualTo(end.equals("end"));
        }
    }

    @ParameterizedTest
    @CsvSource({"0,true,FIRST_BYTE_TIMEOUT,0", "2,true,IDLE_TIMEOUT,2", "1,false,FIRST_BYTE_TIMEOUT,0"})
    void stallsUntilTheTimeLimitOfSilence(int tokens, boolean stream, String end, int texts) {
        var heard =
                call("mock:?first_token_ms=0&token_ms=0&stall_after=" + tokens, Operation.CHAT, CHAT, stream, SHORT);
        assertThat(heard.ended()).isEqualTo(end);
        assertThat(heard.texts()).isEqualTo(texts);
    }

    @Test
    void whatIsSlowerThanTheLimitsAllowTimesOut() {
        assertThat(call("mock:?first_token_ms=60000", Operation.CHAT, CHAT, true, SHORT)
                        .ended())
                .isEqualTo("FIRST_BYTE_TIMEOUT");
        assertThat(call("mock:?first_token_ms=0&token_ms=60000", Operation.CHAT, CHAT, true, SHORT)
                        .ended())
                .isEqualTo("IDLE_TIMEOUT");
    }

    @ParameterizedTest
    @CsvSource({
        "429,7,requests,rate_limit_exceeded",
        "500,,server_error,",
        "503,0,server_error,",
        "529,1,server_error,overloaded",
        "404,,invalid_request_error,"
    })
    void failsWithTheStatusItWasTold(int status, Integer retryAfter, String type, String code) {
        var heard = call(
                "mock:?first_token_ms=0&stall_after=0&fail_rate=100&fail_status=" + status
                        + (retryAfter == null ? "" : "&retry_after=" + retryAfter),
                Operation.EMBEDDINGS,
                "{'input':'x'}",
                false,
                LONG);
        assertThat(heard.ended()).isEqualTo("end");
        assertThat(heard.status).isEqualTo(status);
        assertThat(heard.headers.get("Retry-After")).isEqualTo(retryAfter == null ? null : retryAfter.toString());
        assertThat(heard.parts)
                .containsExactly(Mock.quotes(
                        "{'error':{'message':'The mock was told to fail with status " + status + ".','type':'" + type
                                + "','param':null,'code':" + (code == null ? "null" : "'" + code + "'") + "}}"));
    }

    @Test
    void theDiceDecideWhichCallsFail() {
        Queue<Integer> dice = new ArrayDeque<>(List.of(29, 30, 0, 99));
        random = new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("not asked for");
            }

            @Override
            public int nextInt(int bound) {
                assertThat(bound).isEqualTo(100);
                return dice.remove();
            }
        };
        var url = "mock:?first_token_ms=0&token_ms=0&fail_rate=30&fail_status=503";
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 4; i++) {
            var heard = call(url, Operation.CHAT, CHAT, false, LONG);
            heard.ended();
            statuses.add(heard.status);
        }
        assertThat(statuses).containsExactly(503, 200, 503, 200);
    }

    @Test
    void aPausedCallSaysNothingUntilItIsResumed() {
        var calls = new ArrayList<UpstreamCall>();
        var heard = new Heard();
        heard.onData = told -> {
            if (told.parts.size() == 2) {
                calls.getFirst().pause();
            }
        };
        begin(heard, calls, "mock:?first_token_ms=0&token_ms=1", Operation.CHAT, CHAT, true, SHORT);
        await().until(() -> onLoop(() -> heard.parts.size() == 2));
        // Longer than the idle limit, whose clock rests meanwhile.
        VERTX.timer(60, TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        assertThat(heard.end).isNotDone();
        assertThat(onLoop(heard.parts::size)).isEqualTo(2);
        run(() -> calls.getFirst().resume());
        assertThat(heard.ended()).isEqualTo("end");
        assertThat(heard.texts()).isEqualTo(5);
    }

    @Test
    void aCancelledCallSaysNothingMore() {
        var calls = new ArrayList<UpstreamCall>();
        var heard = new Heard();
        heard.onData = told -> {
            if (told.parts.size() == 3) {
                calls.getFirst().cancel();
            }
        };
        begin(heard, calls, "mock:?first_token_ms=0&token_ms=0", Operation.CHAT, CHAT, true, SHORT);
        await().until(() -> onLoop(() -> heard.parts.size() == 3));
        var later = call("mock:?first_token_ms=0&token_ms=0", Operation.CHAT, CHAT, true, LONG);
        assertThat(later.ended()).isEqualTo("end");
        assertThat(heard.parts).hasSize(3);
        assertThat(heard.end).isNotDone();
    }

    @Test
    void badInputIsAnsweredInTheEnvelopeOfErrors() {
        var heard = call("mock:?first_token_ms=0&break_after=0", Operation.EMBEDDINGS, "{'input':7}", false, LONG);
        assertThat(heard.ended()).isEqualTo("end");
        assertThat(heard.status).isEqualTo(400);
        assertThat(heard.parts)
                .containsExactly(Mock.quotes("{'error':{'message':'Expected a text, texts, tokens or lists of tokens as"
                        + " `input`, each of 1 to 8192 tokens.','type':'invalid_request_error','param':'input',"
                        + "'code':'invalid_request'}}"));
    }

    @ParameterizedTest
    @EnumSource(Operation.class)
    void itAnswersWhatItSaysItSpeaksAndRefusesTheRest(Operation operation) {
        var heard = call("mock:?first_token_ms=0", operation, "{}", false, LONG);
        assertThat(heard.ended()).isEqualTo("end");
        assertThat(heard.status).isEqualTo(MockUpstream.speaks().contains(operation) ? 400 : 404);
    }

    private Heard call(String url, Operation operation, String body, boolean stream, UpstreamSettings limits) {
        var heard = new Heard();
        begin(heard, new ArrayList<>(), url, operation, body, stream, limits);
        return heard;
    }

    private void begin(
            Heard heard,
            List<UpstreamCall> calls,
            String url,
            Operation operation,
            String body,
            boolean stream,
            UpstreamSettings limits) {
        var target = new Target(
                "m",
                new ModelEvent.Deployment("dep", "p", "m", 1, null, null, null, null),
                new ProviderConfig("p", 1, true, "mock", "mock", url, null, true));
        var request = new UpstreamRequest(
                "r1",
                operation,
                Buffer.buffer(Mock.quotes(body)),
                "application/json",
                stream,
                MultiMap.caseInsensitiveMultiMap());
        run(() -> {
            calls.add(new MockUpstream(VERTX, CLOCK, random, limits).call(target, request, heard));
            heard.returned = true;
        });
    }

    private static void run(Runnable action) {
        onLoop(() -> {
            action.run();
            return true;
        });
    }

    private static <T> T onLoop(Supplier<T> action) {
        var done = new CompletableFuture<T>();
        LOOP.runOnContext(next -> {
            try {
                done.complete(action.get());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done.orTimeout(5, TimeUnit.SECONDS).join();
    }
}
