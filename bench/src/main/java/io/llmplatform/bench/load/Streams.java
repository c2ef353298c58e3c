package io.llmplatform.bench.load;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Opens streams and reads them to their ends. One event loop does it all, so it needs no locks and takes one core at most. */
public final class Streams implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));

    /** @throws TimeoutException when not all streams had ended long after they should have */
    public StreamResult run(Call call, StreamPlan plan) throws TimeoutException {
        var client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setIdleTimeout((int) plan.patience().toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(plan.concurrency()));
        try {
            Promise<StreamResult> end = Promise.promise();
            var wave = new StreamWave(vertx, client, call, plan, end);
            vertx.runOnContext(turn -> wave.start());
            return end.future().await(plan.again().plus(plan.patience()).toSeconds() * 2 + 60, TimeUnit.SECONDS);
        } finally {
            client.close();
        }
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
