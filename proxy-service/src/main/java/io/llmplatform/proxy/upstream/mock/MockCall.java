package io.llmplatform.proxy.upstream.mock;

import io.llmplatform.proxy.upstream.UpstreamCall;
import io.llmplatform.proxy.upstream.UpstreamFailure;
import io.llmplatform.proxy.upstream.UpstreamListener;
import io.llmplatform.proxy.upstream.UpstreamSettings;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener one reply, step by step as timers fire, with the faults that the settings ask for. A silence that is
 * longer than the limits allow ends it as it would end a call over a network.
 */
final class MockCall implements UpstreamCall {
    private static final long SILENCE = Long.MAX_VALUE;

    private final Vertx vertx;
    private final MockSettings settings;
    private final UpstreamSettings limits;
    private final UpstreamListener listener;
    private @Nullable Reply reply;
    private @Nullable Runnable held;
    private long timer = -1;
    private int said;
    private boolean headSaid;
    private boolean bodyBegan;
    private boolean paused;
    private boolean over;

    MockCall(Vertx vertx, MockSettings settings, UpstreamSettings limits, UpstreamListener listener) {
        this.vertx = vertx;
        this.settings = settings;
        this.limits = limits;
        this.listener = listener;
    }

    /** The listener hears nothing before this returns. */
    void begin(Reply answer) {
        if (over) {
            return;
        }
        reply = answer;
        long thinking = answer.streamed() ? 0 : settings.tokenMillis() * answer.tokens();
        boolean stalls = !answer.streamed() && !breaks(answer.tokens()) && answer.tokens() >= settings.stallAfter();
        next(answer.tokens() > 0 && stalls ? SILENCE : settings.firstTokenMillis() + thinking);
    }

    private void next(long millis) {
        if (over) {
            return;
        }
        long limit = (bodyBegan ? limits.idle() : limits.firstByte()).toMillis();
        if (millis > limit) {
            // While paused its clock rests: it starts anew with the next resume.
            after(limit, this::timeOut, () -> next(SILENCE));
        } else {
            after(millis, this::step, this::step);
        }
    }

    private void after(long millis, Runnable action, Runnable whenResumed) {
        Runnable fire = () -> {
            timer = -1;
            if (over) {
                return;
            }
            if (paused) {
                held = whenResumed;
            } else {
                action.run();
            }
        };
        if (millis <= 0) {
            vertx.runOnContext(next -> fire.run());
        } else {
            timer = vertx.setTimer(millis, fired -> fire.run());
        }
    }

    private void step() {
        var answer = reply;
        if (answer == null) {
            return;
        }
        if (!headSaid) {
            headSaid = true;
            listener.head(answer.status(), answer.headers());
        }
        if (over) {
            return;
        }
        if (answer.streamed()) {
            stream(answer);
        } else {
            whole(answer);
        }
    }

    private void whole(Reply answer) {
        var bytes = answer.parts().next().bytes();
        boolean breaks = answer.tokens() > 0 && breaks(answer.tokens());
        bodyBegan = true;
        listener.data(breaks ? bytes.slice(0, bytes.length() / 2) : bytes);
        end(breaks);
    }

    private void stream(Reply answer) {
        if (breaks(said)) {
            end(true);
            return;
        }
        if (said >= settings.stallAfter()) {
            next(SILENCE);
            return;
        }
        while (answer.parts().hasNext()) {
            var part = answer.parts().next();
            bodyBegan = true;
            listener.data(part.bytes());
            if (over) {
                return;
            }
            if (part.token()) {
                said++;
                next(settings.tokenMillis());
                return;
            }
            if (paused) {
                held = this::step;
                return;
            }
        }
        end(false);
    }

    private boolean breaks(long tokens) {
        return tokens >= settings.breakAfter() && settings.breakAfter() <= settings.stallAfter();
    }

    private void timeOut() {
        over = true;
        listener.failed(bodyBegan ? UpstreamFailure.IDLE_TIMEOUT : UpstreamFailure.FIRST_BYTE_TIMEOUT);
    }

    private void end(boolean broken) {
        if (over) {
            return;
        }
        over = true;
        if (broken) {
            listener.failed(UpstreamFailure.BROKEN);
        } else {
            listener.end();
        }
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
        var action = held;
        if (action != null && !over) {
            held = null;
            // Not at once: the listener may still be inside its own call.
            after(0, action, action);
        }
    }

    @Override
    public void cancel() {
        over = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
    }
}
