package io.llmplatform.bench.upstream;

import io.llmplatform.bench.Arguments;
import io.llmplatform.bench.Subcommand;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** {@code upstream --port 8200 [--loops 2]}: serves until it is ended. */
public final class ServeUpstream implements Subcommand {
    @Override
    public int run(Arguments arguments) throws InterruptedException {
        int port = arguments.number("--port", 8200);
        int loops = arguments.number("--loops", 2);
        arguments.refuseOthers();
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(loops));
        vertx.deployVerticle(() -> new FixedUpstream(port), new DeploymentOptions().setInstances(loops))
                .await();
        Thread.currentThread().join();
        return 0;
    }
}
