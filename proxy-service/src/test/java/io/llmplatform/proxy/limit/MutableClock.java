package io.llmplatform.proxy.limit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Stands still until it is told to go on. */
final class MutableClock implements InstantSource {
    private volatile Instant now;

    MutableClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }

    void set(String to) {
        now = Instant.parse(to);
    }
}
