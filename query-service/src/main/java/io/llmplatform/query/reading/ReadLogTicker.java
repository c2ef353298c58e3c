package io.llmplatform.query.reading;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sees to the topic, and tells in sum what was not recorded each, every few seconds. */
@Component
class ReadLogTicker implements SmartLifecycle {
    private static final Duration EVERY = Duration.ofSeconds(5);

    private final ReadLog log;
    private final ReadTopic topic;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    ReadLogTicker(ReadLog log, ReadTopic topic) {
        this.log = log;
        this.topic = topic;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofVirtual().name("read-log").start(this::tick);
    }

    private void tick() {
        try {
            do {
                topic.ensure();
                log.tell();
            } while (!stopped.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
