package io.llmplatform.proxy.call;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of request bodies all event loops together may hold at a time, so that they cannot use up the heap. */
public final class BodyBudget {
    private final long maxBytes;
    private final AtomicLong held = new AtomicLong();

    public BodyBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Bytes held now. */
    public long held() {
        return held.get();
    }

    /** For one request, whose event loop alone may use it. */
    Share share() {
        return new Share();
    }

    /** What one request holds. */
    final class Share {
        private long bytes;
        private boolean ended;

        /** @return false when there is no room for that much more */
        boolean grow(int more) {
            if (ended) {
                return false;
            }
            if (held.addAndGet(more) > maxBytes) {
                held.addAndGet(-more);
                return false;
            }
            bytes += more;
            return true;
        }

        /** Gives everything back; a second time does nothing. */
        void end() {
            if (!ended) {
                ended = true;
                held.addAndGet(-bytes);
            }
        }
    }
}
