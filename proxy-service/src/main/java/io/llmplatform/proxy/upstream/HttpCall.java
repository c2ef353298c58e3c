package io.llmplatform.proxy.upstream;

import io.llmplatform.proxy.time.TimerWheel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP call with its clocks. One timer runs at a time; data only notes when it came. */
final class HttpCall implements UpstreamCall {
    private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);
    private static final long CANCEL = 0x8;

    private final Vertx vertx;
    private final TimerWheel timers;
    private final UpstreamSettings settings;
    private final UpstreamRequest outgoing;
    private final UpstreamListener listener;
    private @Nullable HttpClientRequest request;
    private @Nullable HttpClientResponse response;
    private TimerWheel.@Nullable Timer timer;
    private long lastSign = System.nanoTime();
    private boolean beginning;
    private boolean bodyBegan;
    private boolean paused;
    private boolean over;

    HttpCall(
            Vertx vertx,
            TimerWheel timers,
            UpstreamSettings settings,
            UpstreamRequest outgoing,
            UpstreamListener listener) {
        this.vertx = vertx;
        this.timers = timers;
        this.settings = settings;
        this.outgoing = outgoing;
        this.listener = listener;
    }

    /** The listener is never called from in here. */
    void begin(Supplier<Future<HttpClientRequest>> connect) {
        watch();
        beginning = true;
        try {
            connect.get().onComplete(this::connected, this::unreachable);
        } catch (IllegalArgumentException e) {
            unreachable(e);
        }
        beginning = false;
    }

    private void connected(HttpClientRequest opened) {
        if (over) {
            opened.reset(CANCEL);
            return;
        }
        request = opened;
        opened.send(outgoing.body()).onComplete(this::answered, this::unreachable);
    }

    private void answered(HttpClientResponse answer) {
        if (over) {
            return;
        }
        response = answer;
        sign();
        answer.handler(chunk -> {
            if (!over) {
                bodyBegan = true;
                sign();
                listener.data(chunk);
            }
        });
        answer.endHandler(end -> {
            if (!over) {
                finish();
                listener.end();
            }
        });
        answer.exceptionHandler(e -> fail(UpstreamFailure.BROKEN, e));
        listener.head(answer.statusCode(), answer.headers());
    }

    private void unreachable(Throwable e) {
        if (beginning) {
            vertx.runOnContext(next -> fail(UpstreamFailure.UNREACHABLE, e));
        } else {
            fail(UpstreamFailure.UNREACHABLE, e);
        }
    }

    private void fail(UpstreamFailure failure, Throwable cause) {
        if (over) {
            return;
        }
        // What is wrong with a header names its value, which may be a secret.
        var why = cause instanceof IllegalArgumentException ? cause.getClass().getName() : cause.toString();
        LOG.warn("{}: upstream {}: {}", outgoing.requestId(), failure, why);
        stop();
        listener.failed(failure);
    }

    private void sign() {
        lastSign = System.nanoTime();
    }

    private void watch() {
        timer = timers.start(remainingMillis(), () -> {
            timer = null;
            if (over) {
                return;
            }
            if (paused || remainingMillis() > 0) {
                watch();
            } else {
                fail(
                        bodyBegan ? UpstreamFailure.IDLE_TIMEOUT : UpstreamFailure.FIRST_BYTE_TIMEOUT,
                        new java.util.concurrent.TimeoutException());
            }
        });
    }

    private long remainingMillis() {
        var limit = bodyBegan ? settings.idle() : settings.firstByte();
        if (paused) {
            return limit.toMillis();
        }
        // The first-byte limit may be far off when the idle limit takes over: look again at least that often.
        long left = limit.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastSign);
        return Math.min(left, settings.idle().toMillis());
    }

    @Override
    public void pause() {
        if (!paused && !over && response != null) {
            paused = true;
            response.pause();
        }
    }

    @Override
    public void resume() {
        if (paused && !over && response != null) {
            paused = false;
            sign();
            response.resume();
        }
    }

    @Override
    public void cancel() {
        if (!over) {
            stop();
        }
    }

    private void stop() {
        finish();
        if (request != null) {
            request.reset(CANCEL);
        }
    }

    private void finish() {
        over = true;
        TimerWheel.cancel(timer);
    }
}
