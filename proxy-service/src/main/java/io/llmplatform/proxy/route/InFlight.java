package io.llmplatform.proxy.route;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/** Bounds the requests that the whole gateway has under way; above it the gateway sheds load (503). Shared by all event loops. */
public final class InFlight {
    public static final int DEFAULT_MAX = 10_000;

    private final IntSupplier max;
    private final AtomicInteger current = new AtomicInteger();

    public InFlight(int max) {
        this(() -> max);
    }

    /** @param max asked each time: it may change while the gateway runs */
    public InFlight(IntSupplier max) {
        this.max = max;
    }

    /** @return false when it is full; true demands exactly one {@link #leave()} */
    public boolean tryEnter() {
        if (current.incrementAndGet() <= max.getAsInt()) {
            return true;
        }
        current.decrementAndGet();
        return false;
    }

    public void leave() {
        current.decrementAndGet();
    }

    /** May read some too many for a moment while requests are being refused. */
    public int current() {
        return current.get();
    }
}
