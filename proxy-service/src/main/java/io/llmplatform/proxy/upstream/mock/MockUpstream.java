package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.route.Target;
import io.llmplatform.proxy.upstream.Upstream;
import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.time.Clock;

/** Answers in the process itself, paced by timers. See {@link MockTiming} for its settings. */
public final class MockUpstream implements Upstream {
    private final Vertx vertx;
    private final Clock clock;

    public MockUpstream(Vertx vertx, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
    }

    @Override
    public UpstreamCall call(Target target, UpstreamRequest request, UpstreamListener listener) {
        var wire = new MockWire(
                "chatcmpl-mock-" + request.requestId(),
                clock.instant().getEpochSecond(),
                target.upstreamModel(),
                MockAnswer.to(request.body().getBytes()));
        var timing = MockTiming.of(target.provider().baseUrl());
        var call = request.stream() ? new Streaming(wire, timing, listener) : new Whole(wire, timing, listener);
        call.after(timing.firstTokenMillis());
        return call;
    }

    private static MultiMap contentType(String type) {
        return HttpHeaders.headers().add("Content-Type", type);
    }

    /** A call that does its next step when its timer fires. */
    private abstract class Paced implements UpstreamCall {
        final MockWire wire;
        final MockTiming timing;
        final UpstreamListener listener;
        private long timer = -1;
        private boolean paused;
        private boolean due;
        private boolean cancelled;

        Paced(MockWire wire, MockTiming timing, UpstreamListener listener) {
            this.wire = wire;
            this.timing = timing;
            this.listener = listener;
        }

        final void after(long millis) {
            if (cancelled) {
                return;
            }
            if (millis <= 0) {
                vertx.runOnContext(next -> fire());
            } else {
                timer = vertx.setTimer(millis, fired -> fire());
            }
        }

        private void fire() {
            timer = -1;
            if (cancelled) {
                return;
            }
            if (paused) {
                due = true;
            } else {
                step();
            }
        }

        abstract void step();

        final boolean live() {
            return !cancelled;
        }

        @Override
        public void pause() {
            paused = true;
        }

        @Override
        public void resume() {
            paused = false;
            if (due) {
                due = false;
                after(0);
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (timer >= 0) {
                vertx.cancelTimer(timer);
            }
        }
    }

    /** Thinks as long as it would have talked. */
    private final class Whole extends Paced {
        private boolean thought;

        Whole(MockWire wire, MockTiming timing, UpstreamListener listener) {
            super(wire, timing, listener);
        }

        @Override
        void step() {
            if (!thought) {
                thought = true;
                after(timing.tokenMillis() * wire.answer().pieces().size());
                return;
            }
            listener.head(200, contentType("application/json"));
            listener.data(wire.whole());
            if (live()) {
                listener.end();
            }
        }
    }

    private final class Streaming extends Paced {
        private int next = -1;

        Streaming(MockWire wire, MockTiming timing, UpstreamListener listener) {
            super(wire, timing, listener);
        }

        @Override
        void step() {
            if (next < 0) {
                listener.head(200, contentType("text/event-stream"));
                if (live()) {
                    listener.data(wire.role());
                }
                next = 0;
            }
            if (!live()) {
                return;
            }
            if (next < wire.answer().pieces().size()) {
                listener.data(wire.piece(next++));
                after(timing.tokenMillis());
                return;
            }
            listener.data(wire.tail());
            if (live()) {
                listener.end();
            }
        }
    }
}
