package io.llmplatform.proxy.time;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Timers of one event loop, each started and cancelled by a few writes to memory: a request has three that are cancelled
 * nearly always, and a scheduled task of the loop costs a hundred times as much. A timer fires up to three ticks late, never early.
 * Confined to its event loop. A timer that throws ends nothing but itself.
 */
public final class TimerWheel {
    /** How late a timer may fire is nothing to a person, nor beside the shortest sensible time-out. */
    public static final long TICK_MILLIS = 20;

    private static final Logger LOG = LoggerFactory.getLogger(TimerWheel.class);
    private static final int SLOTS = 512;

    private final Ticks ticks;
    private final LongSupplier nanos;
    private final Timer[] slots = new Timer[SLOTS];
    private final long began;
    private long tick;
    private int running;
    private @Nullable Runnable stopTicking;

    /** What turns the wheel while there is something on it. */
    @FunctionalInterface
    interface Ticks {
        /** @return ends it */
        Runnable every(long millis, Runnable tick);
    }

    public TimerWheel(Vertx vertx) {
        this(
                (millis, tick) -> {
                    long id = vertx.setPeriodic(millis, now -> tick.run());
                    return () -> vertx.cancelTimer(id);
                },
                System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    TimerWheel(Ticks ticks, LongSupplier nanos) {
        this.ticks = ticks;
        this.nanos = nanos;
        this.began = nanos.getAsLong();
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Timer(() -> {}, 0);
        }
    }

    /** Runs the action after the given time, on the loop that called. */
    public Timer start(long millis, Runnable action) {
        if (stopTicking == null) {
            tick = now();
            stopTicking = ticks.every(TICK_MILLIS, this::tick);
        }
        // Rounded up, and one more: the tick under way is partly over.
        long due = Math.max(tick, now()) + Math.ceilDiv(Math.max(1, millis), TICK_MILLIS) + 1;
        var timer = new Timer(action, due);
        timer.linkBefore(slots[(int) (due % SLOTS)]);
        running++;
        return timer;
    }

    private void tick() {
        long until = now();
        while (tick < until && running > 0) {
            tick++;
            fire(slots[(int) (tick % SLOTS)]);
        }
        tick = until;
        if (running == 0 && stopTicking != null) {
            stopTicking.run();
            stopTicking = null;
        }
    }

    private void fire(Timer slot) {
        var timer = slot.next;
        while (timer != slot) {
            var following = timer.next;
            if (timer.due <= tick) {
                timer.cancel();
                timer.run();
                // What it ran may have taken its neighbour out: begin again, those not due are passed over quickly.
                following = following.linked() || following == slot ? following : slot.next;
            }
            timer = following;
        }
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - began) / TICK_MILLIS;
    }

    /** One timer, until it fires or is cancelled. */
    public final class Timer {
        private final Runnable action;
        private final long due;
        private Timer previous = this;
        private Timer next = this;

        private Timer(Runnable action, long due) {
            this.action = action;
            this.due = due;
        }

        /** Nothing happens when it is over already. */
        public void cancel() {
            if (linked()) {
                previous.next = next;
                next.previous = previous;
                previous = this;
                next = this;
                running--;
            }
        }

        private boolean linked() {
            return next != this;
        }

        private void linkBefore(Timer slot) {
            previous = slot.previous;
            next = slot;
            previous.next = this;
            slot.previous = this;
        }

        private void run() {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOG.error("a timer failed", e);
            }
        }
    }

    /** Cancels a timer that there may not be. */
    public static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
