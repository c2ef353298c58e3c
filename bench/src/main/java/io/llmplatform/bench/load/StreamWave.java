package io.llmplatform.bench.load;

import io.llmplatform.bench.upstream.Behaviour;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** All streams of one plan. Lives on one event loop. */
final class StreamWave {
    private static final int BODY_BYTES = 1024;

    private final Vertx vertx;
    private final HttpClient client;
    private final RequestOptions request;
    private final Buffer body;
    private final int expected;
    private final StreamPlan plan;
    private final Promise<StreamResult> end;
    private final long begun = System.nanoTime();
    private final Map<String, Integer> failures = new TreeMap<>();
    private double[] first = new double[1024];
    private int complete;
    private long started;
    private long chunks;
    private int open;

    StreamWave(Vertx vertx, HttpClient client, Call call, StreamPlan plan, Promise<StreamResult> end) {
        this.vertx = vertx;
        this.client = client;
        this.plan = plan;
        this.end = end;
        this.expected = call.behaviour() instanceof Behaviour.Stream(int count, int _) ? count : 0;
        this.body = Buffer.buffer(Prompt.ofSize(BODY_BYTES, call.model(), true));
        this.request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(call.uri().toString());
        call.headers().forEach(request::putHeader);
        request.putHeader("content-type", "application/json");
    }

    void start() {
        open = plan.concurrency();
        long step = plan.ramp().toNanos() / plan.concurrency();
        for (int slot = 0; slot < plan.concurrency(); slot++) {
            long delay = step * slot / 1_000_000;
            if (delay == 0) {
                ask();
            } else {
                vertx.setTimer(delay, due -> ask());
            }
        }
    }

    private void ask() {
        started++;
        var stream = new OneStream(System.nanoTime());
        client.request(request)
                .compose(outgoing -> outgoing.send(body))
                .onSuccess(stream::read)
                .onFailure(stream::failed);
    }

    private void slotIsFree() {
        if (System.nanoTime() - begun < plan.again().toNanos()) {
            ask();
        } else if (--open == 0) {
            var times = Arrays.copyOf(first, complete);
            end.complete(new StreamResult(
                    started,
                    complete,
                    chunks,
                    failures,
                    (System.nanoTime() - begun) / 1000,
                    Percentile.of(times, 50),
                    Percentile.of(times, 99)));
        }
    }

    private final class OneStream {
        private final long asked;
        private final EventCount events = new EventCount();
        private long firstContent;
        private boolean over;

        OneStream(long asked) {
            this.asked = asked;
        }

        void read(HttpClientResponse response) {
            response.exceptionHandler(this::failed);
            if (response.statusCode() != 200) {
                response.endHandler(last -> ended("status " + response.statusCode()));
                return;
            }
            response.handler(part -> {
                events.read(part);
                if (firstContent == 0 && events.content() > 0) {
                    firstContent = System.nanoTime();
                }
            });
            response.endHandler(last -> ended(verdict()));
        }

        void failed(Throwable cause) {
            ended(cause.getClass().getSimpleName());
        }

        private String verdict() {
            if (!events.ended()) {
                return "no end mark";
            }
            return events.content() == expected ? "" : events.content() + " of " + expected + " chunks";
        }

        private void ended(String failure) {
            if (over) {
                return;
            }
            over = true;
            chunks += events.content();
            if (failure.isEmpty()) {
                if (complete == first.length) {
                    first = Arrays.copyOf(first, complete * 2);
                }
                first[complete++] = (firstContent - asked) / 1000.0;
            } else {
                failures.merge(failure, 1, Integer::sum);
            }
            slotIsFree();
        }
    }
}
